/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.List;
import java.util.Objects;

/** What a {@link LiteralType} says of the value: one record per kind. */
public sealed interface TypeKind {
  /** The types without parameters, in the order of their numbers. */
  enum Simple {
    /** Python's {@code None}. */
    NONE,
    /** An integer. */
    INTEGER,
    /** A double. */
    FLOAT,
    /** A text. */
    STRING,
    /** True or false. */
    BOOLEAN,
    /** A point in time. */
    DATETIME,
    /** A length of time. */
    DURATION,
    /** Bytes. */
    BINARY,
    /** A failure. */
    ERROR,
    /** A dataclass, or a map of anything. */
    STRUCT
  }

  /** A type without parameters. */
  record SimpleKind(Simple simple) implements TypeKind {
    /** Refuses null. */
    public SimpleKind {
      Objects.requireNonNull(simple, "simple");
    }
  }

  /** A list. */
  record CollectionKind(LiteralType element) implements TypeKind {
    /** Refuses null. */
    public CollectionKind {
      Objects.requireNonNull(element, "element");
    }
  }

  /** A map whose keys are texts. */
  record MapKind(LiteralType value) implements TypeKind {
    /** Refuses null. */
    public MapKind {
      Objects.requireNonNull(value, "value");
    }
  }

  /** A file or a directory. */
  record BlobKind(String format, Dimensionality dimensionality) implements TypeKind {
    /** Refuses null. */
    public BlobKind {
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(dimensionality, "dimensionality");
    }
  }

  /** One of a few texts. */
  record EnumKind(List<String> values) implements TypeKind {
    /** Copies the values. */
    public EnumKind {
      values = List.copyOf(values);
    }
  }

  /** A table. */
  record DatasetKind(List<Column> columns, String format) implements TypeKind {
    /** Copies the columns. */
    public DatasetKind {
      columns = List.copyOf(columns);
      Objects.requireNonNull(format, "format");
    }
  }

  /** A table of the older kind. */
  record SchemaKind(List<Column> columns) implements TypeKind {
    /** Copies the columns. */
    public SchemaKind {
      columns = List.copyOf(columns);
    }
  }

  /** One of several types. */
  record UnionKind(List<LiteralType> variants) implements TypeKind {
    /** Copies the variants. */
    public UnionKind {
      variants = List.copyOf(variants);
    }
  }

  /** A type that says nothing, or a kind that is not known here: kept as it came. */
  record UnknownKind(WireBytes bytes) implements TypeKind {
    /** Refuses null. */
    public UnknownKind {
      Objects.requireNonNull(bytes, "bytes");
    }
  }
}
