package syscallanomaly.jobs.configuration;

import java.io.Serializable;

/**
 * What tells one run from another.
 *
 * @param id name of the run and of its folder: letters, digits, {@code .}, {@code _}, {@code -}
 * @param seed the same seed gives the same result
 */
public record RunSettings(String id, long seed) implements Serializable {}
