package io.fanwire.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttendanceTest {
    private final Attendance attendance = new Attendance();

    @Test
    void remembersTheWorstMoment() {
        come(10);
        attendance.begin();
        go(4);
        come(3);
        go(2);
        come(3);
        assertThat(attendance.all()).isEqualTo(10);
        assertThat(attendance.fewest()).isEqualTo(6);
        assertThat(attendance.connected()).isEqualTo(10);
    }

    @Test
    void anOutageEndsWhenTheLastOneIsBack() {
        come(3);
        attendance.begin();
        go(2);
        come(1);
        assertThat(attendance.outages().getTotalCount()).isZero();
        come(1);
        assertThat(attendance.outages().getTotalCount()).isEqualTo(1);
        go(1);
        come(1);
        assertThat(attendance.outages().getTotalCount()).isEqualTo(2);
    }

    @Test
    void whoComesBeforeTheBeginningEndsNoOutage() {
        come(2);
        go(2);
        come(2);
        attendance.begin();
        assertThat(attendance.outages().getTotalCount()).isZero();
        assertThat(attendance.fewest()).isEqualTo(2);
    }

    private void come(int count) {
        for (int i = 0; i < count; i++) attendance.came();
    }

    private void go(int count) {
        for (int i = 0; i < count; i++) attendance.went();
    }
}
