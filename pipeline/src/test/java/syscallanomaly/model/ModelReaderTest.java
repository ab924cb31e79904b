package syscallanomaly.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static syscallanomaly.Updates.rmsProp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

class ModelReaderTest {
  private static final Vocabulary VOCABULARY = Vocabulary.observed(new int[] {3, 4, 5});
  private static final LanguageModel MODEL =
      new LanguageModel(
          NetworkBuilder.build(new NetworkSettings(List.of(4), 0, 0), 4, 2, rmsProp(0.001), 1));

  private static ModelManifest manifest(byte[] model, Vocabulary vocabulary) {
    return new ModelManifest(
        DigestUtils.sha256Hex(model),
        vocabulary.hash(),
        3,
        MODEL.network().numParams(),
        LayerSummary.of(MODEL.network()),
        1,
        2.5,
        1,
        "input",
        Map.of("windows.length", 3),
        Map.of("dl4j", "1.0.0-M2"));
  }

  @Test
  void aModelReadsBackWithItsManifest() {
    byte[] model = MODEL.toBytes();
    ModelManifest manifest = ModelManifest.fromJson(manifest(model, VOCABULARY).toJson());

    assertThat(manifest).isEqualTo(manifest(model, VOCABULARY));
    assertThat(ModelReader.read(model, manifest, VOCABULARY, 3, "model.zip").network().params())
        .isEqualTo(MODEL.network().params());
  }

  @Test
  void aDamagedModelIsRefused() {
    byte[] model = MODEL.toBytes();
    ModelManifest manifest = manifest(model, VOCABULARY);
    model[model.length / 2] ^= 1;

    assertThatThrownBy(() -> ModelReader.read(model, manifest, VOCABULARY, 3, "runs/a/model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageMatching(
            "Cannot use the model runs/a/model.zip: it is damaged \\(SHA-256 [0-9a-f]{8}, its model.json says [0-9a-f]{8}\\)");
  }

  @Test
  void aModelOfAnotherVocabularyIsRefused() {
    byte[] model = MODEL.toBytes();
    Vocabulary other = Vocabulary.observed(new int[] {3, 4, 6});

    assertThatThrownBy(
            () -> ModelReader.read(model, manifest(model, other), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageStartingWith(
            "Cannot use the model model.zip: it was trained with another vocabulary (");
  }

  @Test
  void aModelOfOtherWindowsIsRefused() {
    byte[] model = MODEL.toBytes();

    assertThatThrownBy(
            () -> ModelReader.read(model, manifest(model, VOCABULARY), VOCABULARY, 0, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the model model.zip: it was trained on windows of 3 calls, and this run has whole traces");
  }

  @Test
  void aFileThatIsNoModelIsRefused() {
    byte[] checkpoint = MODEL.toCheckpoint();

    assertThatThrownBy(
            () ->
                ModelReader.read(
                    checkpoint, manifest(checkpoint, VOCABULARY), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("it holds 'updaterState.bin', which no model of this program has");
  }

  @Test
  void aModelThatNamesAClassOfSomebodyElseIsRefused() throws IOException {
    byte[] model =
        withConfiguration(
            configuration ->
                configuration.replace(
                    "org.nd4j.linalg.activations.impl.ActivationTanH", "com.example.Exploit"));

    assertThatThrownBy(
            () -> ModelReader.read(model, manifest(model, VOCABULARY), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the model model.zip: its configuration names the class com.example.Exploit, which is none of DL4J's");
  }

  @Test
  void aModelWhoseConfigurationIsNoJsonIsRefused() throws IOException {
    byte[] model = withConfiguration(configuration -> configuration.substring(0, 100));

    assertThatThrownBy(
            () -> ModelReader.read(model, manifest(model, VOCABULARY), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageMatching(
            "Cannot use the model model.zip: its configuration.json is no JSON \\(.+\\)");
  }

  private static byte[] withConfiguration(UnaryOperator<String> change) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(MODEL.toBytes()));
        ZipOutputStream out = new ZipOutputStream(changed)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(
            entry.getName().equals("configuration.json")
                ? change.apply(new String(content, UTF_8)).getBytes(UTF_8)
                : content);
      }
    }
    return changed.toByteArray();
  }
}
