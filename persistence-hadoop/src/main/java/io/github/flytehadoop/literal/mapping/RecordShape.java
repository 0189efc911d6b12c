/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.Column;
import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.StructuredDataset;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record as a dataclass: the names and types of its components. */
final class RecordShape {
  /** A field of the dataclass. */
  private record Field(String name, JavaType type, boolean nullable, RecordComponent component) {}

  private static final Set<Class<?>> OTHERS =
      Set.of(
          Literal.class,
          LiteralMap.class,
          LiteralType.class,
          FlyteFile.class,
          FlyteDirectory.class,
          StructuredDataset.class,
          Column.class,
          ErrorDocument.class,
          ContainerError.class);

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final Class<?> type;
  private final List<Field> fields;

  private RecordShape(Class<?> type) {
    this.type = type;
    this.fields =
        Arrays.stream(type.getRecordComponents())
            .map(c -> new Field(c.getName(), JavaType.of(c.getGenericType()), isNullable(c), c))
            .toList();
  }

  /** Whether a type stands for a dataclass: the records of this room stand for other things. */
  static boolean isDataclass(Class<?> type) {
    return type.isRecord() && !LiteralValue.class.isAssignableFrom(type) && !OTHERS.contains(type);
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** The record of the fields of a dataclass; fields it has no component for are left out. */
  Object read(Map<?, ?> values, Place place) throws LiteralException {
    Object[] components = new Object[fields.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = component(fields.get(i), values, place);
    }
    try {
      return constructor().newInstance(components);
    } catch (InvocationTargetException refused) {
      throw refused(refused.getCause(), place);
    } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
      throw place.cannotRead(
          type.getSimpleName(), "its constructor is not accessible", "Open its package.");
    }
  }

  private static @Nullable Object component(Field field, Map<?, ?> values, Place place)
      throws LiteralException {
    Place there = place.at(field.name);
    if (values.containsKey(field.name)) {
      return PlainReader.read(values.get(field.name), field.type, there);
    }
    if (field.type.raw() == Optional.class) {
      return Optional.empty();
    }
    if (field.nullable) {
      return null;
    }
    throw there.cannotRead(
        field.type.toString(),
        "the dataclass has no such field",
        "Declare it as Optional or @Nullable.");
  }

  /** The fields of the dataclass that a record is, in the order of its components. */
  Map<String, @Nullable Object> values(Object instance, Place place) throws LiteralException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      try {
        var accessor = field.component.getAccessor();
        accessor.setAccessible(true);
        values.put(field.name, accessor.invoke(instance));
      } catch (InvocationTargetException failed) {
        throw place.at(field.name).cannotWrite("its accessor failed: " + failed.getCause(), "");
      } catch (IllegalAccessException | InaccessibleObjectException closed) {
        throw place
            .at(field.name)
            .cannotWrite("its accessor is not accessible", "Open the package of the record.");
      }
    }
    return values;
  }

  private Constructor<?> constructor() throws NoSuchMethodException {
    Class<?>[] types =
        fields.stream().map(field -> field.component.getType()).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private LiteralException refused(@Nullable Throwable reason, Place place) {
    if (reason instanceof Error error) {
      throw error;
    }
    LiteralException refused =
        place.cannotRead(type.getSimpleName(), "the record refuses it: " + reason, "");
    refused.initCause(reason);
    return refused;
  }

  /** By the name of the annotation: each library has one of its own. */
  private static boolean isNullable(RecordComponent component) {
    return hasNullable(component) || hasNullable(component.getAnnotatedType());
  }

  private static boolean hasNullable(AnnotatedElement element) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }
}
