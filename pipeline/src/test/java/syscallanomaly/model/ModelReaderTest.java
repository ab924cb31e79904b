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
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

class ModelReaderTest {
  private static final Vocabulary VOCABULARY = Vocabulary.observed(new int[] {3, 4, 5});
  private static final LanguageModel MODEL =
      new LanguageModel(
          NetworkBuilder.build(new NetworkSettings(List.of(4), 0, 0), 4, 2, rmsProp(0.001), 1));

  private static ModelManifest manifest(byte[] model, Vocabulary vocabulary) {
    return manifest(model, vocabulary, ModelManifest.fileOf(DigestUtils.sha256Hex(model)));
  }

  private static ModelManifest manifest(byte[] model, Vocabulary vocabulary, String file) {
    return new ModelManifest(
        file,
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
        Map.of("dl4j", "1.0.0-M2"),
        null);
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
            "Cannot use the model runs/a/model.zip: it is damaged \\(SHA-256 [0-9a-f]{8}, its"
                + " model.json says [0-9a-f]{8}\\)");
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
            "Cannot use the model model.zip: it was trained on windows of 3 calls, and this run has"
                + " whole traces");
  }

  @Test
  void aManifestNamesAFileOfItsModelAlone() {
    byte[] model = MODEL.toBytes();
    String elsewhere = manifest(model, VOCABULARY, "../other/model.zip").toJson();

    assertThat(manifest(model, VOCABULARY).file()).matches("model-[0-9a-f]{12}\\.zip");
    assertThat(manifest(model, VOCABULARY, null).file())
        .as("former versions")
        .isEqualTo("model.zip");
    assertThatThrownBy(() -> ModelManifest.fromJson(elsewhere))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read the model: its model.json names the file '../other/model.zip', which is no"
                + " model's");
  }

  @Test
  void entriesThatUnpackToTooMuchAreRefused() throws IOException {
    byte[] configuration = withConfiguration(text -> text + " ".repeat(2_000_000));
    byte[] parameters = withContent("coefficients.bin", content -> new byte[1_000_000]);

    assertThat(configuration.length).isLessThan(20_000);
    assertThatThrownBy(
            () ->
                ModelReader.read(
                    configuration, manifest(configuration, VOCABULARY), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the model model.zip: its 'configuration.json' unpacks to more than 1048576"
                + " bytes");
    assertThatThrownBy(
            () ->
                ModelReader.read(
                    parameters, manifest(parameters, VOCABULARY), VOCABULARY, 3, "model.zip"))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the model model.zip: its 'coefficients.bin' unpacks to more than %d bytes",
            (1 << 16) + 4 * MODEL.network().numParams());
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    ByteArrayOutputStream withUpdater = new ByteArrayOutputStream();
    ModelSerializer.writeModel(MODEL.network(), withUpdater, /* saveUpdater= */ true);
    byte[] checkpoint = withUpdater.toByteArray();

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
            "Cannot use the model model.zip: its configuration names the class com.example.Exploit,"
                + " which is none of DL4J's");
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
    return withContent(
        "configuration.json", content -> change.apply(new String(content, UTF_8)).getBytes(UTF_8));
  }

  private static byte[] withContent(String name, UnaryOperator<byte[]> change) throws IOException {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(MODEL.toBytes()));
        ZipOutputStream out = new ZipOutputStream(changed)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(entry.getName().equals(name) ? change.apply(content) : content);
      }
    }
    return changed.toByteArray();
  }
}
