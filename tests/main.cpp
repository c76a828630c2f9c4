// SPDX-License-Identifier: BSL-1.0
// The main of all Boost tests. It adds the last line, `N passed, N failed`, counting test cases.
#include <boost/test/results_collector.hpp>
#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>

namespace {

/// Prints the sum when all cases have run. Boost counts a crash (a signal) as one failed case.
struct sum : boost::unit_test::test_observer {
    void test_finish() override {
        const auto master = boost::unit_test::framework::master_test_suite().p_id;
        const auto& result = boost::unit_test::results_collector.results(master);
        const unsigned long passed = result.p_test_cases_passed + result.p_test_cases_warned;
        const unsigned long failed = result.p_test_cases_failed;  // those that were aborted are among them
        std::printf("%lu passed, %lu failed\n", passed, failed);
    }
    /// After Boost's own collector, whose priority is 3.
    int priority() override { return 4; }
};
sum the_sum;

bool start() {
    boost::unit_test::framework::register_observer(the_sum);
    return true;
}

}  // namespace

int main(int count, char* words[]) { return boost::unit_test::unit_test_main(&start, count, words); }
