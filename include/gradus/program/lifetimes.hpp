// SPDX-License-Identifier: BSL-1.0
// In which order the steps run, and how long each stored value lives: a parameter changes after its last reader, and a
// step whose operand dies there writes over it.
#pragma once
#include <gradus/program/step.hpp>
#include <utility>

namespace gradus::planned::detail {

/// Second part: the order of the steps, and how long each buffer lives.
class scheduler {
  public:
    constexpr explicit scheduler(draft d) : d_(std::move(d)) {}

    constexpr draft schedule() {
        order_steps();
        find_lifetimes();
        reuse_in_place();
        return std::move(d_);
    }

  private:
    static constexpr std::size_t u(int i) { return static_cast<std::size_t>(i); }

    /// A step that changes a parameter waits until all others have read it.
    constexpr void order_steps() {
        const int count = static_cast<int>(d_.steps.size());
        std::vector<int> counted(d_.buffers.size(), 0);
        int* const readers = counted.data();
        const auto each_parameter = [&](const step& s, int by) {
            const instruction* const x = d_.instructions.data() + s.first;
            const buffer* const b = d_.buffers.data();
            for (int i = 0; i < s.count; ++i) {
                if (x[i].buffer < 0 || b[x[i].buffer].where != place::parameter || b[x[i].buffer].renewed) continue;
                bool again = s.accumulate && x[i].buffer == s.out;
                for (int k = 0; k < i; ++k) again = again || x[k].buffer == x[i].buffer;
                if (!again) readers[x[i].buffer] += by;
            }
            if (s.accumulate) readers[s.out] += by;
        };
        for (const step& s : d_.steps) each_parameter(s, 1);
        const auto must_wait = [&](const step& s) {
            return d_.buffers[u(s.out)].where == place::parameter &&
                   readers[s.out] > (reads(s, d_.instructions.data(), s.out) ? 1 : 0);
        };
        std::vector<step> ordered;
        std::vector<step> waiting;
        ordered.reserve(u(count));
        const auto run = [&](const step& s) {
            ordered.push_back(s);
            each_parameter(s, -1);
        };
        const auto release = [&] {
            for (std::size_t w = 0; w < waiting.size();) {
                if (must_wait(waiting[w])) {
                    ++w;
                    continue;
                }
                run(waiting[w]);
                waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(w));
                w = 0;
            }
        };
        for (const step& s : d_.steps) {
            if (must_wait(s)) {
                waiting.push_back(s);
            } else {
                run(s);
            }
            if (!waiting.empty()) release();
        }
        while (!waiting.empty()) {  // updates that read each other's parameters: one goes a detour
            step s = waiting.front();
            waiting.erase(waiting.begin());
            s.out = make_detour(d_, s.out);
            run(s);
            release();
        }
        d_.steps = std::move(ordered);
        for (const detour& by : d_.detours) {
            const buffer& to = d_.buffers[u(by.to)];
            instruction x;
            x.what = instruction::does::load;
            x.operation = op::input;
            x.node = to.node;
            x.buffer = by.from;
            x.stride.along[0] = extent{};
            step s;
            s.operation = op::input;
            s.node = to.node;
            s.out = by.to;
            s.first = static_cast<int>(d_.instructions.size());
            s.count = 1;
            s.loops = 1;
            s.size.along[0] = to.size;
            s.out_stride.along[0] = extent{};
            d_.instructions.push_back(x);
            d_.steps.push_back(s);
        }
    }

    constexpr void find_lifetimes() {
        const int count = static_cast<int>(d_.steps.size());
        const step* const steps = d_.steps.data();
        const instruction* const all = d_.instructions.data();
        buffer* const b = d_.buffers.data();
        for (int i = 0; i < count; ++i) {
            buffer& out = b[steps[i].out];
            if (out.first < 0) out.first = i;
            out.last = i;
            const instruction* const end = all + steps[i].first + steps[i].count;
            for (const instruction* x = all + steps[i].first; x != end; ++x)
                if (x->buffer >= 0) b[x->buffer].last = i;
        }
        for (int r : d_.results) b[r].last = count;
    }
    /// A map or softmax whose operand dies there writes over it.
    constexpr void reuse_in_place() {
        const int count = static_cast<int>(d_.steps.size());
        step* const steps = d_.steps.data();
        instruction* const all = d_.instructions.data();
        buffer* const b = d_.buffers.data();
        std::vector<int> merged(d_.buffers.size(), -1);
        int* const instead = merged.data();
        for (int i = 0; i < count; ++i) {
            step& s = steps[i];
            for (int k = s.first; k < s.first + s.count; ++k)
                if (all[k].buffer >= 0 && instead[all[k].buffer] >= 0) all[k].buffer = instead[all[k].buffer];
            buffer& out = b[s.out];
            if (out.where != place::arena || (s.what != kernel::map && s.what != kernel::softmax)) continue;
            for (int k = s.first; k < s.first + s.count; ++k) {
                if (all[k].buffer < 0) continue;
                buffer& from = b[all[k].buffer];
                if (from.where != place::arena || from.last != i || !(from.size == out.size)) continue;
                if (!in_place(s, all, all[k].buffer)) continue;
                from.last = out.last;
                out.first = out.last = -1;
                instead[s.out] = all[k].buffer;
                s.out = all[k].buffer;
                break;
            }
        }
        for (int& r : d_.results)
            if (instead[r] >= 0) r = instead[r];
    }

    draft d_;
};

}  // namespace gradus::planned::detail
