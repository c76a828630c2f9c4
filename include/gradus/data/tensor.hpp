// SPDX-License-Identifier: BSL-1.0
// The tensors that go into a network and come out of it: xtensor's. Its headers moved in version 0.26 (Ubuntu 26.04 has
// 0.27, Debian 12 has 0.24), so they are included here and nowhere else.
#pragma once
#if __has_include(<xtensor/containers/xtensor.hpp>)
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/containers/xtensor.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xtensor.hpp>
#endif
