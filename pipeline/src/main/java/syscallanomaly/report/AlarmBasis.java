package syscallanomaly.report;

/**
 * On how many held-out traces the alarm threshold of a detector rests.
 *
 * @param detector name of the detector
 * @param heldOut number of held-out training traces that calibrate the detector
 * @param needed smallest number with which an alarm is possible at the accepted rate
 * @param falseAlarmRate highest accepted false-alarm rate, above 0 and below 1
 */
public record AlarmBasis(String detector, long heldOut, long needed, double falseAlarmRate) {

  /** Whether any trace can raise an alarm. If not, an alarm rate of 0 says nothing. */
  public boolean allowsAlarms() {
    return heldOut >= needed;
  }
}
