package io.github.beamml.engine.rules;

import java.util.Set;

/** A call whose result depends on the JDK, the machine or the order of things, and what to use. */
enum BannedCall {
  TRANSCENDENTAL_MATH("StrictMath: the last bits of Math differ from JDK to JDK") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.equals("java/lang/Math") && TRANSCENDENTAL.contains(name);
    }
  },
  TEXT_OF_A_DOUBLE("CanonicalJson's number: Double.toString differs from JDK to JDK") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return (FLOATING.contains(owner) && name.equals("toString"))
          || (TEXT.contains(owner) && takesFloating(descriptor))
          || (owner.equals("java/math/BigDecimal")
              && name.equals("valueOf")
              && takesFloating(descriptor));
    }
  },
  DOUBLE_IN_A_CONCATENATION("CanonicalJson's number: it is Double.toString in disguise") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.equals("java/lang/invoke/StringConcatFactory") && takesFloating(descriptor);
    }
  },
  FORMATTING("plain concatenation of text and integers") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return (owner.equals("java/lang/String")
              && (name.equals("format") || name.equals("formatted")))
          || owner.equals("java/util/Formatter")
          || (owner.startsWith("java/text/") && owner.endsWith("Format"))
          || (owner.startsWith("java/io/Print")
              && (name.equals("printf") || name.equals("format")));
    }
  },
  SUM_IN_ANY_ORDER("engine.exact: a sum of doubles depends on its order") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.equals("java/util/DoubleSummaryStatistics")
          || (owner.equals("java/util/stream/DoubleStream") && SUMS.contains(name))
          || (owner.equals("java/util/stream/Collectors") && name.endsWith("ingDouble"))
          || owner.equals("java/util/concurrent/atomic/DoubleAdder")
          || owner.equals("java/util/concurrent/atomic/DoubleAccumulator")
          || owner.startsWith("jdk/incubator/vector/");
    }
  },
  RANDOMNESS("engine.hash: randomness is a function of seed and row key") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return RANDOM.contains(owner)
          || owner.startsWith("java/util/random/")
          || (owner.equals("java/lang/Math") && name.equals("random"))
          || (owner.equals("java/util/UUID") && name.equals("randomUUID"))
          || (owner.equals("java/util/Collections")
              && descriptor.equals("(Ljava/util/List;)V")
              && name.equals("shuffle"));
    }
  },
  JAVA_SERIALIZATION("explicit bytes: artifacts hold no code") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.equals("java/io/ObjectInputStream")
          || owner.equals("java/io/ObjectOutputStream");
    }
  },
  CLASS_BY_NAME("a list in the code: artifacts name no classes") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return (owner.equals("java/lang/Class") && name.equals("forName"))
          || (owner.equals("java/lang/ClassLoader") && name.equals("loadClass"));
    }
  },
  DEFAULTS_OF_THE_MACHINE("UTF_8, Locale.ROOT, UTC") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return name.equals("systemDefault")
          || (name.equals("getDefault")
              && (owner.equals("java/util/Locale") || owner.equals("java/util/TimeZone")))
          || name.equals("defaultCharset")
          || (owner.equals("java/lang/String")
              && BYTES_BY_DEFAULT_CHARSET.contains(name + descriptor))
          || owner.equals("java/io/FileReader") && !descriptor.contains("Charset")
          || owner.equals("java/io/FileWriter") && !descriptor.contains("Charset");
    }
  },
  UNICODE_OF_THE_JDK("ICU4J: character data differs from JDK to JDK") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.equals("java/text/Normalizer")
          || owner.equals("java/text/BreakIterator")
          || owner.equals("java/text/Collator")
          || (owner.equals("java/lang/Character") && CHARACTER_CLASSES.contains(name))
          || (owner.equals("java/lang/String") && name.equals("equalsIgnoreCase"));
    }
  },
  ZONES_OF_THE_JDK("engine.time: zone data differs from JDK to JDK") {
    @Override
    boolean matches(String owner, String name, String descriptor) {
      return owner.startsWith("java/time/zone/")
          || (owner.equals("java/time/ZoneId") && (name.equals("of") || name.equals("getRules")))
          || (owner.equals("java/util/TimeZone") && name.equals("getTimeZone"));
    }
  };

  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");
  private static final Set<String> FLOATING = Set.of("java/lang/Double", "java/lang/Float");
  private static final Set<String> TEXT =
      Set.of(
          "java/lang/String",
          "java/lang/StringBuilder",
          "java/lang/StringBuffer",
          "java/io/PrintStream",
          "java/io/PrintWriter");
  private static final Set<String> SUMS = Set.of("sum", "average", "summaryStatistics");
  private static final Set<String> RANDOM =
      Set.of(
          "java/util/Random",
          "java/util/SplittableRandom",
          "java/util/concurrent/ThreadLocalRandom");
  private static final Set<String> BYTES_BY_DEFAULT_CHARSET =
      Set.of(
          "getBytes()[B",
          "<init>([B)V",
          "<init>([BII)V",
          "toLowerCase()Ljava/lang/String;",
          "toUpperCase()Ljava/lang/String;");
  private static final Set<String> CHARACTER_CLASSES =
      Set.of(
          "isLetter",
          "isLetterOrDigit",
          "isDigit",
          "isAlphabetic",
          "isWhitespace",
          "isSpaceChar",
          "isUpperCase",
          "isLowerCase",
          "isTitleCase",
          "isIdeographic",
          "isDefined",
          "getType",
          "getNumericValue",
          "toLowerCase",
          "toUpperCase",
          "toTitleCase",
          "getName");

  private final String instead;

  BannedCall(String instead) {
    this.instead = instead;
  }

  /** Whether the method {@code owner.name descriptor} (as class files write it) is this call. */
  abstract boolean matches(String owner, String name, String descriptor);

  /** What to use, and why. */
  String instead() {
    return instead;
  }

  private static boolean takesFloating(String descriptor) {
    String arguments = descriptor.substring(1, descriptor.indexOf(')'));
    String primitives = arguments.replaceAll("\\[*L[^;]*;", "").replaceAll("\\[+[A-Z]", "");
    return primitives.chars().anyMatch(type -> type == 'D' || type == 'F')
        || arguments.contains("Ljava/lang/Double;")
        || arguments.contains("Ljava/lang/Float;");
  }
}
