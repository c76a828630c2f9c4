// SPDX-License-Identifier: BSL-1.0
// The lessons' data sets as tensors, and what is done to data before training: split, standardize, one_hot.
#pragma once
#include <gradus/data/random.hpp>
#include <gradus/data/table.hpp>
#include <cstdlib>
#include <span>

namespace gradus {

/// Things that belong to one of a few classes.
struct classification {
    xt::xtensor<float, 2> features;    ///< (things, features)
    xt::xtensor<int, 1> labels;        ///< (things,): places in `classes`
    std::vector<std::string> classes;  ///< names
};

/// Things that a number was measured of.
struct regression {
    xt::xtensor<float, 2> features;  ///< (things, features)
    xt::xtensor<float, 1> targets;   ///< (things,)
};

/// What a model learns from, and what it is judged by.
template <class Data> struct parts { Data train, test; };

/// The path of a file of the data directory: the argument, else the environment variable GRADUS_DATA, else the place
/// that was chosen when the project was built.
///
/// Error  "cannot read 'digits.csv.gz' in '/nowhere' (from GRADUS_DATA): No such file or directory; ..."
inline std::string data_file(const std::string& name, const std::string& directory = {}) {
    std::string place = directory;
    std::string said_by = "the argument";
    if (const char* variable = std::getenv("GRADUS_DATA"); place.empty() && variable != nullptr && *variable != 0) {
        place = variable;
        said_by = "the environment variable GRADUS_DATA";
    }
#ifdef GRADUS_DATA_DIR
    constexpr const char* built_in = GRADUS_DATA_DIR;
#else
    constexpr const char* built_in = "data";
#endif
    if (place.empty()) {
        place = built_in;
        said_by = "built in";
    }
    const std::string path = place + "/" + name;
    errno = 0;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        throw data_error("cannot read '" + name + "' in '" + place + "' (" + said_by + "): " + std::strerror(errno) +
                         "; the data directory is the argument of the loader, else the environment variable "
                         "GRADUS_DATA, else '" +
                         built_in + "'");
    }
    std::fclose(file);
    return path;
}

namespace detail {

/// Cuts the last column off a table, as labels.
inline classification cut_labels(const table<float>& from, std::vector<std::string> classes, const std::string& path) {
    const std::size_t rows = from.values.shape()[0];
    const std::size_t features = from.values.shape()[1] - 1;
    if (features == 0) throw data_error(path + ": one column cannot hold features and a label");
    classification result;
    result.features.resize({rows, features});
    result.labels.resize({rows});
    for (std::size_t row = 0; row < rows; ++row) {
        const float* const values = from.values.data() + row * (features + 1);
        std::copy(values, values + features, result.features.data() + row * features);
        const float label = values[features];
        if (!(label >= 0 && label < static_cast<float>(classes.size())) || label != std::floor(label)) {
            throw data_error(path + ": row " + std::to_string(row) + " has the label " + written(label) +
                             ", wanted a whole number from 0 to " + std::to_string(classes.size() - 1));
        }
        result.labels(row) = static_cast<int>(label);
    }
    result.classes = std::move(classes);
    return result;
}

}  // namespace detail

/// A table whose last column is the class. Without names the first line gives them: rows, features, names.
///
///     read_classification("iris.csv")                        // first line 150,4,setosa,versicolor,virginica
///     read_classification("coins.csv", {"head", "tail"})     // no first line
///
/// Error  "coins.csv: row 3 has the label 2, wanted a whole number from 0 to 1" (rows count from 0)
inline classification read_classification(const std::string& path, std::vector<std::string> classes = {}) {
    const bool has_names = !classes.empty();
    const table<float> from = read_table<float>(path, {.header_lines = has_names ? 0u : 1u});
    if (!has_names) {
        const std::vector<std::string>& words = from.header.front();
        if (words.size() < 3) {
            throw data_error(path + ":1: wanted the number of rows, of features, and the names of the classes");
        }
        const std::size_t rows = detail::number<std::size_t>(words[0], path, 1, 1);
        const std::size_t features = detail::number<std::size_t>(words[1], path, 1, 2);
        if (rows != from.values.shape()[0] || features + 1 != from.values.shape()[1]) {
            throw data_error(path + ": the first line says " + std::to_string(rows) + " rows of " +
                             std::to_string(features) + " features and a label, there are " +
                             std::to_string(from.values.shape()[0]) + " rows of " +
                             std::to_string(from.values.shape()[1]) + " columns");
        }
        classes.assign(words.begin() + 2, words.end());
    }
    return detail::cut_labels(from, std::move(classes), path);
}

/// 1797 handwritten digits, images of 8x8 pixels in rows of 64, each from 0 (white) to 1 (black).
inline classification load_digits(const std::string& directory = {}) {
    const std::string path = data_file("digits.csv.gz", directory);
    const table<float> from = read_table<float>(path, {.columns = 65});
    classification digits = detail::cut_labels(from, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, path);
    constexpr float darkest = 16;
    for (std::size_t i = 0; i < digits.features.size(); ++i) {
        float& pixel = digits.features.data()[i];
        if (!(pixel >= 0 && pixel <= darkest)) {
            throw data_error(path + ": row " + std::to_string(i / 64) + " has a pixel of " + detail::written(pixel) +
                             ", wanted 0 to 16");
        }
        pixel /= darkest;
    }
    return digits;
}

/// 150 flowers of three species by four lengths in cm.
inline classification load_iris(const std::string& directory = {}) {
    return read_classification(data_file("iris.csv", directory));
}

/// 178 wines of three growers by 13 measurements of very different sizes: standardize them.
inline classification load_wine(const std::string& directory = {}) {
    return read_classification(data_file("wine_data.csv", directory));
}

/// 569 tumours, malignant or benign, by 30 measurements of their cells.
inline classification load_breast_cancer(const std::string& directory = {}) {
    return read_classification(data_file("breast_cancer.csv", directory));
}

/// 442 patients by ten measurements; the target is how far diabetes went in a year.
inline regression load_diabetes(const std::string& directory = {}) {
    const std::string path = data_file("diabetes_target.csv.gz", directory);
    const table<float> targets = read_table<float>(path, {.columns = 1});
    regression diabetes{read_table<float>(data_file("diabetes_data_raw.csv.gz", directory), {.columns = 10}).values,
                        {}};
    const std::size_t rows = diabetes.features.shape()[0];
    if (targets.values.shape()[0] != rows) {
        throw data_error(path + ": " + std::to_string(targets.values.shape()[0]) + " targets for " +
                         std::to_string(rows) + " patients");
    }
    diabetes.targets.resize({rows});
    std::copy(targets.values.begin(), targets.values.end(), diabetes.targets.begin());
    return diabetes;
}

/// The chosen rows of a tensor, in the order given: (rows.size(), the other sizes).
template <class T, std::size_t N>
xt::xtensor<T, N> take(const xt::xtensor<T, N>& from, std::span<const std::size_t> rows) {
    static_assert(N >= 1);
    auto shape = from.shape();
    const std::size_t width = shape[0] == 0 ? 0 : from.size() / shape[0];
    shape[0] = rows.size();
    xt::xtensor<T, N> result(shape);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] >= from.shape()[0]) {
            throw std::out_of_range("take: row " + std::to_string(rows[i]) + " of " + std::to_string(from.shape()[0]));
        }
        std::copy(from.data() + rows[i] * width, from.data() + (rows[i] + 1) * width, result.data() + i * width);
    }
    return result;
}
inline classification take(const classification& from, std::span<const std::size_t> rows) {
    return {take(from.features, rows), take(from.labels, rows), from.classes};
}
inline regression take(const regression& from, std::span<const std::size_t> rows) {
    return {take(from.features, rows), take(from.targets, rows)};
}

/// Shuffles the rows by the seed and puts `test_share` of them (rounded) into the test part.
///
///     auto [train, test] = split(load_digits(), 0.2, 1);   // 1438 and 359 images
///
/// Error  "split: a share of 1.5 ...": both parts must have rows
template <class Data> parts<Data> split(const Data& data, double test_share, std::uint64_t seed) {
    const std::size_t rows = data.features.shape()[0];
    const double wanted = std::round(test_share * static_cast<double>(rows));
    if (!(wanted >= 1 && wanted < static_cast<double>(rows))) {
        throw std::invalid_argument("split: a share of " + detail::written(test_share) + " of " + std::to_string(rows) +
                                    " rows leaves one part empty");
    }
    const std::vector<std::size_t> order = shuffled_order(rows, seed);
    const std::span<const std::size_t> all(order);
    const std::size_t test_rows = static_cast<std::size_t>(wanted);
    return {take(data, all.subspan(test_rows)), take(data, all.first(test_rows))};
}

/// The mean and the standard deviation of each feature.
struct scaling {
    std::vector<double> mean, deviation;
};

/// The scaling of a table (rows, features). A feature that never changes gets the deviation 1.
inline scaling scaling_of(const xt::xtensor<float, 2>& features) {
    const std::size_t rows = features.shape()[0];
    const std::size_t columns = features.shape()[1];
    if (rows == 0) throw std::invalid_argument("scaling_of: there are no rows");
    scaling found{std::vector<double>(columns), std::vector<double>(columns)};
    for (std::size_t column = 0; column < columns; ++column) {
        double sum = 0;
        for (std::size_t row = 0; row < rows; ++row) sum += features(row, column);
        const double mean = sum / static_cast<double>(rows);
        double squares = 0;  // around the mean: the difference of two large sums would lose the digits
        for (std::size_t row = 0; row < rows; ++row) {
            const double away = features(row, column) - mean;
            squares += away * away;
        }
        const double deviation = std::sqrt(squares / static_cast<double>(rows));
        found.mean[column] = mean;
        found.deviation[column] = deviation > 0 ? deviation : 1;
    }
    return found;
}

/// The table with each feature shifted and scaled: (value - mean) / deviation.
inline xt::xtensor<float, 2> scaled(xt::xtensor<float, 2> features, const scaling& by) {
    const std::size_t columns = features.shape()[1];
    if (columns != by.mean.size()) {
        throw std::invalid_argument("scaled: the scaling is of " + std::to_string(by.mean.size()) +
                                    " features, the table has " + std::to_string(columns));
    }
    for (std::size_t row = 0; row < features.shape()[0]; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            const double away = features(row, column) - by.mean[column];
            features(row, column) = static_cast<float>(away / by.deviation[column]);
        }
    }
    return features;
}

/// Both parts with features of mean 0 and deviation 1 in the train part. The test part is scaled by the numbers of the
/// train part, because it stands for data that were not seen yet.
template <class Data> parts<Data> standardize(parts<Data> data) {
    const scaling by = scaling_of(data.train.features);
    data.train.features = scaled(std::move(data.train.features), by);
    data.test.features = scaled(std::move(data.test.features), by);
    return data;
}

/// Labels as rows of zeros with a one in the place of the class: (rows, classes).
///
/// Error  "one_hot: row 3 has the label 10, wanted 0 to 9"
inline xt::xtensor<float, 2> one_hot(const xt::xtensor<int, 1>& labels, std::size_t classes) {
    const std::size_t rows = labels.size();
    xt::xtensor<float, 2> result(xt::xtensor<float, 2>::shape_type{rows, classes}, 0.f);
    for (std::size_t row = 0; row < rows; ++row) {
        const int label = labels(row);
        if (label < 0 || static_cast<std::size_t>(label) >= classes) {
            throw std::invalid_argument("one_hot: row " + std::to_string(row) + " has the label " +
                                        std::to_string(label) + ", wanted 0 to " +
                                        std::to_string(static_cast<std::int64_t>(classes) - 1));
        }
        result(row, static_cast<std::size_t>(label)) = 1;
    }
    return result;
}

}  // namespace gradus
