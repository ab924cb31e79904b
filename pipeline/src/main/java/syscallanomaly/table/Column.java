package syscallanomaly.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the column in which a table keeps a record's component.
 *
 * <p>If a column is added to a table, it is null in the existing rows. A {@code double} component
 * reads null as NaN. No other primitive type can hold null, so declare a new component as {@code
 * Long}, {@code Integer} or {@code Boolean}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
  /** What the column holds, with unit and range. People read this text in the warehouse. */
  String comment();

  /** Name of the column. If it is empty, the column has the component's name in snake case. */
  String name() default "";

  /**
   * Names that the column had in earlier releases. A column of an older table with one of them is
   * renamed.
   */
  String[] formerly() default {};
}
