package syscallanomaly.trace.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A processor architecture whose system calls have a table of their own. */
public enum Architecture {
  /** 32-bit x86. */
  I386("i386", 0x40000003L),
  /** 64-bit x86; the table holds the calls of x32 too. */
  X86_64("x86-64", 0xc000003eL),
  /** 64-bit ARM. */
  ARM64("arm64", 0xc00000b7L);

  private final String label;
  private final long auditArch;

  Architecture(String label, long auditArch) {
    this.label = label;
    this.auditArch = auditArch;
  }

  /** The name that this program writes: {@code i386}, {@code x86-64} or {@code arm64}. */
  public String label() {
    return label;
  }

  /** The labels of all architectures, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Architecture::label).toList();
  }

  /**
   * Finds an architecture by its label or by another common name of it, such as {@code x86_64},
   * {@code amd64}, {@code i686} or {@code aarch64}. Case does not matter.
   */
  public static Optional<Architecture> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "i386", "i486", "i586", "i686", "x86", "ia32" -> Optional.of(I386);
      case "x86-64", "x86_64", "amd64", "x32" -> Optional.of(X86_64);
      case "arm64", "aarch64" -> Optional.of(ARM64);
      default -> Optional.empty();
    };
  }

  /**
   * Finds an architecture by its number in audit records, the kernel's {@code AUDIT_ARCH_}
   * constants of linux/audit.h: 40000003, c000003e and c00000b7 in base 16.
   */
  public static Optional<Architecture> ofAudit(long auditArch) {
    return Arrays.stream(values()).filter(found -> found.auditArch == auditArch).findFirst();
  }

  @Override
  public String toString() {
    return label;
  }
}
