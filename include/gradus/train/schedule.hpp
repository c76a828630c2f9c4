// SPDX-License-Identifier: BSL-1.0
// Learning-rate schedules: plain functions of the number of steps taken (0, 1, ...) and the optimizer's own rate, with
// the names, defaults and values of torch.optim.lr_scheduler.
#pragma once
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradus {

namespace detail {
/// cos(pi x), from 1 at 0 to -1 at 1.
inline double half_wave(double x) { return std::cos(3.14159265358979323846 * x); }
inline void check_steps(const char* schedule, const char* setting, std::int64_t given) {
    if (given < 1)
        throw std::invalid_argument(std::string(schedule) + ": " + setting + " is " + std::to_string(given) +
                                    ", at least 1 wanted");
}
}  // namespace detail

/// The rate times gamma after every step_size steps.
///
///     trainer.schedule(step_lr{.step_size = 30});
struct step_lr {
    std::int64_t step_size;
    double gamma = 0.1;
    double operator()(std::int64_t step, double lr) const {
        detail::check_steps("step_lr", "step_size", step_size);
        return lr * std::pow(gamma, static_cast<double>(step / step_size));
    }
};

/// The rate times gamma at each milestone: a number of steps, in any order, twice if twice.
struct multi_step_lr {
    std::vector<std::int64_t> milestones;
    double gamma = 0.1;
    double operator()(std::int64_t step, double lr) const {
        for (std::int64_t m : milestones)
            if (step >= m) lr *= gamma;
        return lr;
    }
};

/// The rate times gamma after every step.
struct exponential_lr {
    double gamma;
    double operator()(std::int64_t step, double lr) const { return lr * std::pow(gamma, static_cast<double>(step)); }
};

/// From the rate down to eta_min in T_max steps, along half a cosine; after it up again.
///
/// Source  Loshchilov, Hutter: SGDR, 2017, equation 5
struct cosine_annealing_lr {
    std::int64_t T_max;
    double eta_min = 0;
    double operator()(std::int64_t step, double lr) const {
        detail::check_steps("cosine_annealing_lr", "T_max", T_max);
        const double wave = detail::half_wave(static_cast<double>(step) / static_cast<double>(T_max));
        return eta_min + (lr - eta_min) * (1 + wave) / 2;
    }
};

/// Warm-up: the rate times a factor that goes from start_factor to end_factor in total_iters steps, and stays there.
struct linear_lr {
    double start_factor = 1.0 / 3;
    double end_factor = 1;
    std::int64_t total_iters = 5;
    double operator()(std::int64_t step, double lr) const {
        detail::check_steps("linear_lr", "total_iters", total_iters);
        const double done = step < total_iters ? static_cast<double>(step) / static_cast<double>(total_iters) : 1;
        return lr * (start_factor + (end_factor - start_factor) * done);
    }
};

/// Up from max_lr / div_factor to max_lr during pct_start of total_steps, then down to the first rate /
/// final_div_factor, both along half a cosine. The optimizer's own rate does not count; its momentum stays.
///
/// Error   std::out_of_range "one_cycle_lr: step 100 of 100"
/// Source  Smith, Topin: Super-Convergence, 2018
struct one_cycle_lr {
    double max_lr;
    std::int64_t total_steps;
    double pct_start = 0.3;
    double div_factor = 25;
    double final_div_factor = 1e4;
    double operator()(std::int64_t step, double = 0) const {
        detail::check_steps("one_cycle_lr", "total_steps", total_steps);
        if (step >= total_steps)
            throw std::out_of_range("one_cycle_lr: step " + std::to_string(step) + " of " +
                                    std::to_string(total_steps));
        const double first = max_lr / div_factor;
        const double top = pct_start * static_cast<double>(total_steps) - 1;
        const double end = static_cast<double>(total_steps) - 1;
        const auto now = static_cast<double>(step);
        const auto between = [](double from, double to, double x) {
            return to + (from - to) / 2 * (1 + detail::half_wave(x));
        };
        return now <= top ? between(first, max_lr, now / top)
                          : between(max_lr, first / final_div_factor, (now - top) / (end - top));
    }
};

/// One schedule until the milestone, then another, which counts from there: a warm-up and what follows it.
///
///     trainer.schedule(sequential_lr{linear_lr{.total_iters = 100}, cosine_annealing_lr{.T_max = 900}, 100});
template <class First, class Second> struct sequential_lr {
    First first;
    Second second;
    std::int64_t milestone;
    double operator()(std::int64_t step, double lr) const {
        return step < milestone ? first(step, lr) : second(step - milestone, lr);
    }
};
template <class First, class Second, class N> sequential_lr(First, Second, N) -> sequential_lr<First, Second>;

/// A schedule that counts epochs of so many steps, as PyTorch's do when they are stepped once an epoch.
///
///     trainer.schedule(per_epoch{step_lr{.step_size = 30}, steps_in_an_epoch});
template <class Schedule> struct per_epoch {
    Schedule schedule;
    std::int64_t steps;
    double operator()(std::int64_t step, double lr) const {
        detail::check_steps("per_epoch", "steps", steps);
        return schedule(step / steps, lr);
    }
};
template <class Schedule, class N> per_epoch(Schedule, N) -> per_epoch<Schedule>;

}  // namespace gradus
