package syscallanomaly.model.lstm;

/**
 * State of an LSTM layer between two time steps.
 *
 * @param output [batch, units], Fortran order
 * @param cell likewise
 */
record LstmState(float[] output, float[] cell) {}
