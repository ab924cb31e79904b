package syscallanomaly.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the column in which a table keeps a record's component.
 *
 * <p>A column that is added to a table is null in the rows that are there already. A {@code double}
 * reads such a null as NaN; a component of another primitive type cannot hold it, so declare a new
 * one as {@code Long}, {@code Integer} or {@code Boolean}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
  /** What the column holds, with unit and range: whole sentences, read in the warehouse. */
  String comment();

  /** Name of the column; empty for the component's name in snake case. */
  String name() default "";

  /** Names that the column had in earlier releases: a table that has one renames it. */
  String[] formerly() default {};
}
