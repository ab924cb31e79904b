package syscallanomaly.jobs.configuration;

import java.io.Serializable;

/**
 * Name and seed of a run.
 *
 * @param id name of the run and of its folder: letters, digits, {@code .}, {@code _} and {@code -}
 * @param seed seed of all random draws; the same seed gives the same result
 */
public record RunSettings(String id, long seed) implements Serializable {}
