package io.github.beamml.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.beamml.cluster.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class KafkaExtensionTest {
  private static final String BY_NAME = "org.junit.jupiter.api.ClassOrderer$ClassName";

  private static final List<KafkaBroker> SEEN = new ArrayList<>();

  @ExtendWith(KafkaExtension.class)
  static class FirstUser {
    @Test
    void theBrokerAnswers(KafkaBroker broker) {
      broker.createTopic("first", 1);
      SEEN.add(broker);
    }
  }

  @ExtendWith(KafkaExtension.class)
  static class SecondUser {
    @Test
    void theBrokerIsTheSame(KafkaBroker broker) {
      broker.deleteTopic("first");
      SEEN.add(broker);
    }
  }

  @Test
  void oneBrokerServesAllTestsOfAModuleAndIsStoppedAfterTheLast() {
    SEEN.clear();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(FirstUser.class), selectClass(SecondUser.class))
                .configurationParameter("junit.jupiter.testclass.order.default", BY_NAME)
                .build(),
            summary);
    assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(2);
    assertThat(SEEN).hasSize(2);
    assertThat(SEEN.get(0)).isSameAs(SEEN.get(1));
    assertThat(ProcessHandle.of(SEEN.get(0).pid())).isEmpty();
  }
}
