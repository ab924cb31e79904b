package syscallanomaly.model.lstm;

import org.slf4j.LoggerFactory;

/**
 * The module of the JDK that has the vector instructions.
 *
 * <p>Java loads it at its start with {@code --add-modules jdk.incubator.vector}, and then prints a
 * warning as the first line of standard error, which no option turns off. The JDK can also load one
 * of its modules later, as it does for its own management agent. That prints nothing and runs at
 * the same speed. It needs the option {@link #OPTION}.
 */
final class VectorModule {
  /** The option with which this class can load the module. */
  static final String OPTION = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Whether the module is there. This loads it if Java has not, and if Java allows it. */
  static boolean isPresent() {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return true;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
      return true;
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(VectorModule.class).debug("Java does not load {}", NAME, e);
      return false;
    }
  }
}
