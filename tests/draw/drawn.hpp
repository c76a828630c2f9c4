// SPDX-License-Identifier: BSL-1.0
// What the tests of pictures share: the golden texts, and a run of `dot` and `xmllint` over a picture.
#pragma once
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace drawn {

inline std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

/// How often `what` occurs in `text`.
inline int count(const std::string& text, const std::string& what) {
    int n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++n;
    return n;
}

/// Compares with tests/golden/<name>; GRADUS_APPROVE=1 in the environment writes it instead (tools/approve).
inline void is_golden(const std::string& name, const std::string& text) {
    const char* const source = std::getenv("GRADUS_SOURCE");
    BOOST_TEST_REQUIRE(source, "GRADUS_SOURCE names the folder of the project");
    const std::string path = std::string(source) + "/tests/golden/" + name;
    if (std::getenv("GRADUS_APPROVE")) {
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    const std::string wanted = read(path);
    if (wanted == text) {
        BOOST_TEST(true);
        return;
    }
    std::istringstream a(wanted);
    std::istringstream b(text);
    std::string left;
    std::string right;
    for (int line = 1;; ++line) {
        const bool more_left = static_cast<bool>(std::getline(a, left));
        const bool more_right = static_cast<bool>(std::getline(b, right));
        if (more_left && more_right && left == right) continue;
        BOOST_ERROR(name << " line " << line << "\n  golden: " << (more_left ? left : "(end)")
                         << "\n  drawn:  " << (more_right ? right : "(end)") << "\n  tools/approve takes the new one");
        return;
    }
}

inline bool has(const char* program) {
    return std::system(("command -v " + std::string(program) + " >/dev/null 2>&1").c_str()) == 0;
}

/// A folder that is removed at the end.
struct folder {
    std::string path;
    folder() {
        char name[] = "/tmp/gradus-draw-XXXXXX";
        path = mkdtemp(name);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() {
        if (std::system(("rm -r '" + path + "'").c_str()) != 0) std::perror(path.c_str());
    }
};

/// The SVG that `dot` makes, after checks: it ends well, without a word on standard error, and the SVG is well-formed.
/// Empty where there is no `dot`.
inline std::string svg(const std::string& text) {
    static const bool have_dot = has("dot");
    static const bool have_xmllint = has("xmllint");
    if (!have_dot) {
        BOOST_TEST_MESSAGE("dot is not installed: pictures are not drawn");
        return {};
    }
    const folder place;
    const std::string in = place.path + "/in.dot";
    const std::string out = place.path + "/out.svg";
    const std::string words = place.path + "/words";
    std::ofstream(in, std::ios::binary) << text;
    BOOST_TEST(std::system(("dot -Tsvg " + in + " >" + out + " 2>" + words).c_str()) == 0);
    BOOST_TEST(read(words) == "");
    if (have_xmllint)
        BOOST_TEST(std::system(("xmllint --noout --nonet " + out + " >" + words + " 2>&1").c_str()) == 0, read(words));
    else
        BOOST_TEST_MESSAGE("xmllint is not installed: the SVG is not checked");
    return read(out);
}

}  // namespace drawn
