// SPDX-License-Identifier: BSL-1.0
// Views and arrays of xtensor, which programs take but no header of ours needs. They, too, moved in version 0.26.
#pragma once
#include <gradus/data/tensor.hpp>
#if __has_include(<xtensor/containers/xarray.hpp>)
#include <xtensor/containers/xarray.hpp>
#include <xtensor/views/xview.hpp>
#else
#include <xtensor/xarray.hpp>
#include <xtensor/xview.hpp>
#endif
