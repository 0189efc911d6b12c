/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.List;
import java.util.Objects;

/** What a {@link LiteralType} says of the value: one record per kind. */
public sealed interface TypeShape {
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
  record SimpleShape(Simple simple) implements TypeShape {
    /** Refuses null. */
    public SimpleShape {
      Objects.requireNonNull(simple, "simple");
    }
  }

  /** A list. */
  record CollectionShape(LiteralType element) implements TypeShape {
    /** Refuses null. */
    public CollectionShape {
      Objects.requireNonNull(element, "element");
    }
  }

  /** A map whose keys are texts. */
  record MapShape(LiteralType value) implements TypeShape {
    /** Refuses null. */
    public MapShape {
      Objects.requireNonNull(value, "value");
    }
  }

  /** A file or a directory. */
  record BlobShape(String format, Dimensionality dimensionality) implements TypeShape {
    /** Refuses null. */
    public BlobShape {
      Objects.requireNonNull(format, "format");
      Objects.requireNonNull(dimensionality, "dimensionality");
    }
  }

  /** One of a few texts. */
  record EnumShape(List<String> values) implements TypeShape {
    /** Copies the values. */
    public EnumShape {
      values = List.copyOf(values);
    }
  }

  /** A table. */
  record DatasetShape(List<Column> columns, String format) implements TypeShape {
    /** Copies the columns. */
    public DatasetShape {
      columns = List.copyOf(columns);
      Objects.requireNonNull(format, "format");
    }
  }

  /** A table of the older kind. */
  record SchemaShape(List<Column> columns) implements TypeShape {
    /** Copies the columns. */
    public SchemaShape {
      columns = List.copyOf(columns);
    }
  }

  /** One of several types. */
  record UnionShape(List<LiteralType> variants) implements TypeShape {
    /** Copies the variants. */
    public UnionShape {
      variants = List.copyOf(variants);
    }
  }

  /** A type that says nothing, or a kind that is not known here: kept as it came. */
  record UnknownShape(WireBytes bytes) implements TypeShape {
    /** Refuses null. */
    public UnknownShape {
      Objects.requireNonNull(bytes, "bytes");
    }
  }
}
