/**
 * A fast LSTM for DL4J on the CPU, and copies between ND4J's arrays and Java's.
 *
 * <p>Start with {@link syscallanomaly.model.lstm.FastLstm}, which takes the place of the LSTM
 * layers' computation in a DL4J network. The package-private class {@code LstmKernel} computes a
 * layer forward and backward, with the formulas; {@code LstmArithmetic} holds its inner loops, once
 * with Java's Vector API and once with OpenBLAS. The package may use DL4J, ND4J and JavaCPP, but no
 * Spark and no other package of this project.
 */
package syscallanomaly.model.lstm;
