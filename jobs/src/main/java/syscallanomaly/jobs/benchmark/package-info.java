/**
 * What the benchmarks have in common: their JSON and their tables of text.
 *
 * <p>The benchmarks are in {@code speed} and {@code scale}; start with one of them. The classes
 * here use no other package of this project.
 */
package syscallanomaly.jobs.benchmark;
