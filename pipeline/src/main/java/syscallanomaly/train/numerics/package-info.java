/**
 * The arithmetic of training on one worker: loss, dropout, and back-propagation through whole
 * traces.
 *
 * <p>Each class replaces one of DL4J's while a worker trains. It is faster or more accurate than
 * DL4J's class. A saved model names DL4J's own classes. Nothing here knows Spark.
 */
package syscallanomaly.train.numerics;
