/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.wire.LazyList;
import io.github.flytehadoop.literal.wire.LazyMap;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a literal holds: one record per kind. */
public sealed interface LiteralValue {
  private static <V extends @Nullable Object> Map<String, V> frozen(Map<String, V> map) {
    // what is read when asked for does not change, and a copy of it would be large
    return map instanceof LazyMap<V> ? map : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** An integer of 64 bits. */
  record IntegerValue(long value) implements LiteralValue {}

  /** A double of any bit pattern; compared by its bits. */
  record FloatValue(double value) implements LiteralValue {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FloatValue that && bits() == that.bits();
    }

    @Override
    public int hashCode() {
      return Long.hashCode(bits());
    }

    private long bits() {
      return Double.doubleToRawLongBits(value);
    }
  }

  /** A text. */
  record StringValue(String value) implements LiteralValue {
    /** Refuses null. */
    public StringValue {
      Objects.requireNonNull(value, "value");
    }
  }

  /** True or false. */
  record BooleanValue(boolean value) implements LiteralValue {}

  /** A point in time, to the nanosecond. */
  record DatetimeValue(Instant value) implements LiteralValue {
    /** Refuses null. */
    public DatetimeValue {
      Objects.requireNonNull(value, "value");
    }
  }

  /** A length of time, to the nanosecond. */
  record DurationValue(Duration value) implements LiteralValue {
    /** Refuses null. */
    public DurationValue {
      Objects.requireNonNull(value, "value");
    }
  }

  /** Python's {@code None}. */
  record NoneValue() implements LiteralValue {
    /** The only one needed. */
    public static final NoneValue NONE = new NoneValue();
  }

  /** Whether a blob is one object or a tree of them. */
  enum Dimensionality {
    /** One file. */
    SINGLE,
    /** A directory. */
    MULTIPART
  }

  /** A file or a directory. */
  record BlobValue(String uri, String format, Dimensionality dimensionality)
      implements LiteralValue {
    /** Refuses null. */
    public BlobValue {
      Objects.requireNonNull(uri, "uri");
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(dimensionality, "dimensionality");
    }
  }

  /** Bytes of the form that the tag names; {@code msgpack} is the one Flyte itself knows. */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
  record BinaryValue(byte[] value, String tag) implements LiteralValue {
    /** Copies the bytes. */
    public BinaryValue {
      value = value.clone();
      Objects.requireNonNull(tag, "tag");
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BinaryValue that
          && Arrays.equals(value, that.value)
          && tag.equals(that.tag);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(value) + tag.hashCode();
    }

    @Override
    public String toString() {
      return "BinaryValue[" + value.length + " bytes, tag=" + tag + "]";
    }
  }

  /** A table of the kind before {@link StructuredDatasetValue}. */
  record SchemaValue(String uri, List<Column> columns) implements LiteralValue {
    /** Copies the columns. */
    public SchemaValue {
      Objects.requireNonNull(uri, "uri");
      columns = List.copyOf(columns);
    }
  }

  /** A table. */
  record StructuredDatasetValue(StructuredDataset dataset) implements LiteralValue {
    /** Refuses null. */
    public StructuredDatasetValue {
      Objects.requireNonNull(dataset, "dataset");
    }
  }

  /** The failure that the task of a failure node gets. */
  record ErrorValue(String failedNodeId, String message) implements LiteralValue {
    /** Refuses null. */
    public ErrorValue {
      Objects.requireNonNull(failedNodeId, "failedNodeId");
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * A {@code google.protobuf.Struct}: texts, doubles, booleans, null, and lists and maps of them.
   * All numbers are doubles.
   */
  record GenericValue(Map<String, @Nullable Object> fields) implements LiteralValue {
    /** Copies the outer map. */
    public GenericValue {
      fields = frozen(fields);
    }
  }

  /** One variant of a union, with the type that says which. */
  record UnionValue(Literal value, LiteralType type) implements LiteralValue {
    /** Refuses null. */
    public UnionValue {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(type, "type");
    }
  }

  /** A list. */
  record CollectionValue(List<Literal> elements) implements LiteralValue {
    /** Copies the list. */
    public CollectionValue {
      elements =
          elements instanceof LazyList<Literal>
              ? elements
              : Collections.unmodifiableList(new ArrayList<>(elements));
    }
  }

  /** A map, in the order it came. */
  record MapValue(Map<String, Literal> entries) implements LiteralValue {
    /** Copies the map. */
    public MapValue {
      entries = frozen(entries);
    }
  }

  /**
   * A literal that lies in a file of its own.
   *
   * @param sizeBytes the size that the file must have
   * @param inferredType the type of the literal in it, or null
   */
  record OffloadedValue(String uri, long sizeBytes, @Nullable LiteralType inferredType)
      implements LiteralValue {
    /** Refuses null. */
    public OffloadedValue {
      Objects.requireNonNull(uri, "uri");
    }
  }

  /** No value: to use it is an error. */
  record UnsetValue() implements LiteralValue {
    /** The only one needed. */
    public static final UnsetValue UNSET = new UnsetValue();
  }

  /**
   * A kind that is not known here. It is written again as it came; to use it is an error.
   *
   * @param field the numbers of the fields down to the one that is not known, such as {@code 1.12}
   * @param bytes fields of the literal
   */
  record UnknownValue(String field, WireBytes bytes) implements LiteralValue {
    /** Refuses null. */
    public UnknownValue {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(bytes, "bytes");
    }
  }
}
