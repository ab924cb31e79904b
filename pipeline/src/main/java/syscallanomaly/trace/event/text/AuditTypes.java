package syscallanomaly.trace.event.text;

import java.util.Set;

/** Types of audit records. */
final class AuditTypes {
  // The types by which other records are counted; all else is counted together, so that a forged
  // log cannot make up any number of them.
  private static final Set<String> OTHERS =
      Set.of(
          "ANOM_ABEND",
          "ANOM_PROMISCUOUS",
          "AVC",
          "BPF",
          "BPRM_FCAPS",
          "CONFIG_CHANGE",
          "CRED_ACQ",
          "CRED_DISP",
          "CRED_REFR",
          "CWD",
          "DAEMON_END",
          "DAEMON_ROTATE",
          "DAEMON_START",
          "EOE",
          "EXECVE",
          "FD_PAIR",
          "KERN_MODULE",
          "LOGIN",
          "MMAP",
          "NETFILTER_CFG",
          "OBJ_PID",
          "PATH",
          "PROCTITLE",
          "SECCOMP",
          "SERVICE_START",
          "SERVICE_STOP",
          "SOCKADDR",
          "SOCKETCALL",
          "SYSTEM_BOOT",
          "SYSTEM_SHUTDOWN",
          "USER_ACCT",
          "USER_AUTH",
          "USER_CMD",
          "USER_END",
          "USER_LOGIN",
          "USER_START");

  private AuditTypes() {}

  /** Whether records of this type are calls; the kernel's own log has the number of the type. */
  static boolean isSystemCall(String type) {
    return type.equals("SYSCALL") || type.equals("1300");
  }

  /** What a record that is no call is counted as. */
  static String kind(String type) {
    return OTHERS.contains(type) ? "record " + type : "record of another type";
  }
}
