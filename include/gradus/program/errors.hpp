// SPDX-License-Identifier: BSL-1.0
// What a program throws when it is given what it cannot work with. All is checked before anything is computed.
#pragma once
#include <stdexcept>

namespace gradus {

/// A tensor whose rank or sizes are not those of the leaf that it is bound to.
///
/// Error   "x wants (batch, 64), got (32, 60): 60 in dimension 1 must be 64"
struct shape_error : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// A run without all its inputs.
///
/// Error   "not bound: y"
struct binding_error : std::logic_error {
    using std::logic_error::logic_error;
};

/// Memory that the system does not give, or sizes whose product no memory can hold.
///
/// Error   "no memory for the 8000000000 bytes that batch = 1000000 needs"
struct memory_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace gradus
