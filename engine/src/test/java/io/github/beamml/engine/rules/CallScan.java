package io.github.beamml.engine.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the banned calls in class files: plain calls, method references, and the concatenations
 * that the compiler makes of {@code +}, which no source or architecture check sees.
 */
final class CallScan extends ClassVisitor {
  /** A banned call and the place that makes it. */
  record Finding(BannedCall call, String type, String method, int line, String callee) {
    @Override
    public String toString() {
      return type + "." + method + ":" + line + " calls " + callee + "; use " + call.instead();
    }
  }

  private final List<Finding> findings = new ArrayList<>();
  private String type = "";

  private CallScan() {
    super(Opcodes.ASM9);
  }

  /** The findings in all class files under {@code folder}, in the order of their names. */
  static List<Finding> ofFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .sorted()
          .flatMap(file -> ofFile(file).stream())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<Finding> ofFile(Path file) {
    try {
      CallScan scan = new CallScan();
      new ClassReader(Files.readAllBytes(file)).accept(scan, ClassReader.SKIP_FRAMES);
      return scan.findings;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    type = name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(Opcodes.ASM9) {
      private int line;

      @Override
      public void visitLineNumber(int number, Label start) {
        line = number;
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean onInterface) {
        check(owner, name, descriptor);
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle bootstrap, Object... arguments) {
        check(bootstrap.getOwner(), name, descriptor);
        for (Object argument : arguments) {
          if (argument instanceof Handle reference) {
            check(reference.getOwner(), reference.getName(), reference.getDesc());
          }
        }
      }

      private void check(String owner, String name, String descriptor) {
        for (BannedCall call : BannedCall.values()) {
          if (call.matches(owner, name, descriptor)) {
            String callee = owner.replace('/', '.') + "." + name + descriptor;
            findings.add(new Finding(call, type, method, line, callee));
          }
        }
      }
    };
  }
}
