package io.github.beamml.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression as it was written, without types. Positions count characters of the text from 1 and
 * point to what an error message should point to: an operator, a name, the start of a literal.
 */
sealed interface Syntax {
  int position();

  Typed accept(Typing typing);

  /** What it is made of, in the order of the text. */
  List<Syntax> parts();

  /** Adds the names of the columns that it reads. */
  default void addColumns(Set<String> names) {
    parts().forEach(part -> part.addColumns(names));
  }

  /**
   * @param value a Long, Double, String or Boolean, or null for the word {@code null}
   */
  record Literal(int position, @Nullable Object value) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return List.of();
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.literal(this);
    }
  }

  record Name(int position, String name) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return List.of();
    }

    @Override
    public void addColumns(Set<String> names) {
      names.add(name);
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.name(this);
    }
  }

  /** {@code a + b - c}: operators of one level, from left to right. */
  record Chain(Syntax first, List<Link> links) implements Syntax {
    @Override
    public int position() {
      return first.position();
    }

    @Override
    public List<Syntax> parts() {
      List<Syntax> parts = new ArrayList<>(List.of(first));
      links.forEach(link -> parts.add(link.operand()));
      return parts;
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.chain(this);
    }
  }

  /** An operator with its right operand. */
  record Link(int position, String operator, Syntax operand) {}

  /** {@code a && b && c} or {@code a || b || c}; the position is the first operator's. */
  record Junction(int position, String operator, List<Syntax> operands) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return operands;
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.junction(this);
    }
  }

  record Comparison(int position, String operator, Syntax left, Syntax right) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return List.of(left, right);
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.comparison(this);
    }
  }

  /** {@code value in [elements]}. */
  record Membership(int position, Syntax value, List<Syntax> elements) implements Syntax {
    @Override
    public List<Syntax> parts() {
      List<Syntax> parts = new ArrayList<>(List.of(value));
      parts.addAll(elements);
      return parts;
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.membership(this);
    }
  }

  /** {@code !a} or {@code -a}. */
  record Prefix(int position, String operator, Syntax operand) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return List.of(operand);
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.prefix(this);
    }
  }

  /** {@code condition ? yes : no}; the position is that of the question mark. */
  record Conditional(int position, Syntax condition, Syntax yes, Syntax no) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return List.of(condition, yes, no);
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.conditional(this);
    }
  }

  /** {@code function(arguments)}; the receiver of a method is the first argument. */
  record Call(int position, String function, List<Syntax> arguments) implements Syntax {
    @Override
    public List<Syntax> parts() {
      return arguments;
    }

    @Override
    public Typed accept(Typing typing) {
      return typing.call(this);
    }
  }
}
