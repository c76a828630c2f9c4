// SPDX-License-Identifier: BSL-1.0
// A mistake that has nothing to do with the library.
int k = "text";
