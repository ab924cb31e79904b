/**
 * The configuration: HOCON files and {@code --set}, checked as a whole and turned into immutable
 * records.
 *
 * <p>Start with {@link syscallanomaly.jobs.configuration.ConfigurationLoader}, which returns a
 * {@link syscallanomaly.jobs.configuration.Configuration} or reports every mistake at once. {@code
 * reference.conf} holds each key with its default and its meaning; {@code ConfigurationReader}
 * holds the rules. {@link syscallanomaly.jobs.configuration.Secrets} masks secrets in everything
 * that is printed or stored. The package may use the settings records of the library, but no other
 * package of this module, and it starts no Spark.
 */
package syscallanomaly.jobs.configuration;
