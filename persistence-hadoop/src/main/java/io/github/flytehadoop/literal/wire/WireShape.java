/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

/** The known fields of a kind of message: how each is written, and which exclude each other. */
public final class WireShape {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;

  /** The form of a field. */
  public enum Form {
    /** An integer, a boolean or an enum. */
    NUMBER(VARINT),
    /** Eight bytes: a double. */
    DOUBLE(FIXED64),
    /** A string or bytes; the last one counts. */
    TEXT(BYTES),
    /** A message; several are merged. */
    MESSAGE(BYTES),
    /** Any number of strings or messages. */
    REPEATED(BYTES);

    final int wireType;

    Form(int wireType) {
      this.wireType = wireType;
    }
  }

  private final Form[] forms;
  private final long oneof;

  private WireShape(Form[] forms, long oneof) {
    this.forms = forms;
    this.oneof = oneof;
  }

  /** A message without known fields. */
  public static WireShape empty() {
    return new WireShape(new Form[1], 0);
  }

  /** The same with one more field. */
  public WireShape with(int field, Form form) {
    Form[] more = new Form[Math.max(forms.length, field + 1)];
    System.arraycopy(forms, 0, more, 0, forms.length);
    more[field] = form;
    return new WireShape(more, oneof);
  }

  /** The same with fields of one form that exclude each other, and others of that group. */
  public WireShape oneOf(Form form, int... fields) {
    WireShape shape = this;
    long group = oneof;
    for (int field : fields) {
      shape = shape.with(field, form);
      group |= 1L << field;
    }
    return new WireShape(shape.forms, group);
  }

  int fields() {
    return forms.length;
  }

  boolean knows(int field, int wireType) {
    return field < forms.length && forms[field] != null && forms[field].wireType == wireType;
  }

  Form form(int field) {
    return forms[field];
  }

  boolean isOneOf(int field) {
    return ((oneof >>> field) & 1) != 0;
  }
}
