package syscallanomaly.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a column whose value a record's method computes from the components. The value is
 * written with the row and is not read back. The column has the method's name in snake case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DerivedColumn {
  /** What the column holds, with unit and range. People read this text in the warehouse. */
  String comment();

  /** Name of the column that this one follows in the table. */
  String after();
}
