/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Java type with its arguments, such as {@code List<Point>}.
 *
 * @param raw never primitive
 * @param primitive whether null is refused
 */
record JavaType(Class<?> raw, List<JavaType> arguments, boolean primitive) {
  private static final JavaType OBJECT = new JavaType(Object.class, List.of(), false);

  static JavaType generic(Class<?> raw, Class<?>... arguments) {
    return new JavaType(
        boxed(raw), Arrays.stream(arguments).map(JavaType::of).toList(), raw.isPrimitive());
  }

  static JavaType of(Type type) {
    if (type instanceof Class<?> raw) {
      return new JavaType(boxed(raw), List.of(), raw.isPrimitive());
    }
    if (type instanceof ParameterizedType generic) {
      return new JavaType(
          (Class<?>) generic.getRawType(),
          Arrays.stream(generic.getActualTypeArguments()).map(JavaType::of).toList(),
          false);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      JavaType item = of(array.getGenericComponentType());
      return new JavaType(item.raw.arrayType(), List.of(item), false);
    }
    return OBJECT;
  }

  /** An argument, or Object when the type is raw. */
  JavaType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : OBJECT;
  }

  /** The type of the items of an array. */
  JavaType item() {
    return arguments.isEmpty() ? of(raw.getComponentType()) : arguments.get(0);
  }

  @Override
  public String toString() {
    String name = primitive ? unboxed(raw) : raw.getSimpleName();
    if (raw == Long.class || raw == Double.class || raw == Boolean.class) {
      name = unboxed(raw);
    }
    return arguments.isEmpty() || raw.isArray()
        ? name
        : arguments.stream()
            .map(JavaType::toString)
            .collect(Collectors.joining(", ", name + "<", ">"));
  }

  private static Class<?> boxed(Class<?> type) {
    return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
  }

  private static String unboxed(Class<?> type) {
    return MethodType.methodType(type).unwrap().returnType().getSimpleName();
  }
}
