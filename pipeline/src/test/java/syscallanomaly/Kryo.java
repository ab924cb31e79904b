package syscallanomaly;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/** Spark's Kryo serializer, which a user may tell Spark to use. */
public final class Kryo {
  private Kryo() {}

  /** What arrives of an object that is sent. */
  @SuppressWarnings("unchecked")
  public static <T> T copy(T sent) {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ClassTag<T> type = ClassTag.apply((Class<T>) sent.getClass());
    return kryo.deserialize(kryo.serialize(sent, type), type);
  }
}
