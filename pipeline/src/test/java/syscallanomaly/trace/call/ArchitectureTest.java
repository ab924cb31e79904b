package syscallanomaly.trace.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void anArchitectureHasSeveralNames() {
    assertThat(Architecture.named("x86-64")).contains(Architecture.X86_64);
    assertThat(Architecture.named("AMD64")).contains(Architecture.X86_64);
    assertThat(Architecture.named("i686")).contains(Architecture.I386);
    assertThat(Architecture.named("aarch64")).contains(Architecture.ARM64);
    assertThat(Architecture.named("mips")).isEmpty();
    assertThat(Architecture.labels()).containsExactly("i386", "x86-64", "arm64");
  }

  @Test
  void auditRecordsNumberArchitectures() {
    assertThat(Architecture.ofAudit(0x40000003L)).contains(Architecture.I386);
    assertThat(Architecture.ofAudit(0xc000003eL)).contains(Architecture.X86_64);
    assertThat(Architecture.ofAudit(0xc00000b7L)).contains(Architecture.ARM64);
    assertThat(Architecture.ofAudit(0x40000028L)).isEmpty();
  }
}
