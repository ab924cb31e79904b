package syscallanomaly.model.lstm;

/**
 * State of an LSTM layer between two time steps.
 *
 * @param output outputs of the layer, shape [batch, units], Fortran order
 * @param cell cell states of the layer, shape [batch, units], Fortran order
 */
record LstmState(float[] output, float[] cell) {}
