#!/usr/bin/env python3
"""Lists what users call and no test here misuses.

    untested.py [--all]        exits with 1 if there is something; --all lists the tests of each name too

The tests say in their // OF: lines which public names their mistakes are about. EXEMPT says of the others why nothing of
them can be misused at compile time. Needs libclang's Python bindings (Debian: python3-clang-19); 77 without.
"""
import argparse
import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import public_names  # noqa: E402
from run import directives  # noqa: E402

# Reasons, and the names that they hold for.
EXEMPT = {
    "a concept: it is asked, not called; what does not fulfil it is the mistake of another name":
        "Expression Symbol Contiguous Binding nn::LearningRate nn::Optimiser nn::EpochCallback nn::BatchCallback nn::Metric "
        "nn::Checkpoint nn::PartOfTraining FunctionOfDoubles safetensors::Stored Network",
    "what the library makes and users read: no argument of a user's goes in":
        "expression gradient_view owned_gradient explained_step explained_value explanation text binding scalar_binding writable_binding gradient_binding "
        "batch_of_samples writable_numbers output_span program nn::weight_list nn::named_tensor nn::metric_history "
        "nn::layer_history nn::setting nn::ending nn::training_history nn::epoch_report nn::batch_report nn::training_state "
        "nn::moment nn::optimiser_step nn::confusion_matrix nn::progress_report numeric_slope check_verdict "
        "gradient_check_entry gradient_report kink objective_function residual_function version storage_error file_contents "
        "ndarray csv_table csv_column sample_set parts weights_info weights_mismatch safetensors::rule "
        "safetensors::format_error safetensors::tensor safetensors::view safetensors::file safetensors::dtype "
        "nn::architecture_of nn::accuracy_metric nn::absolute_error_metric nn::r_squared_metric",
    "the name of a type or of a fact, without arguments":
        "report::theme report::light report::dark passes extents shape dimensions extents_of dimensions_of vector_dimensions matrix_dimensions constant largest_inline_bytes "
        "block_alignment tensor_of view_of nn::no_bias nn::in_by_out nn::no_momentum nn::initialisation nn::sample_weight nn::slots "
        "nn::target_kind checked csv_header csv::role safetensors::name_of safetensors::dtype_of gzip_limit "
        "safetensors::metadata_list",
    "a field of another type or name is what the compiler itself says in one line":
        "gradient_check_options report_options csv_options split_options save_options load_options nn::gradient_options "
        "nn::training_options nn::objective_options nn::inspection nn::early_stopping nn::validation_split nn::validation_data "
        "nn::on nn::seed normaliser safetensors::named_tensor",
    "takes only what the run knows: a name of a file, bytes, numbers, sizes":
        "read_file checkpoint gunzip read_gzip split safetensors::read safetensors::read_file safetensors::named "
        "safetensors::write safetensors::write_file nn::shuffle nn::shuffled_indices nn::random_sequence nn::sparkline "
        "nn::operator<< nn::largest word_for slope_by_differences nn::warn_of_layers nn::rate_at threads "
        "to_html to_html_section report::standalone_svg",
    "takes a scope, which only a layer is given: written by those who write layers":
        "nn::scope nn::training_scope nn::weight nn::state nn::part nn::noise nn::batch_moments nn::initialise",
    "takes any shape, so that nothing fits ill":
        "nn::tanh nn::sigmoid nn::relu nn::leaky_relu nn::elu nn::softplus nn::gelu nn::gelu_tanh nn::silu nn::mish",
    "a layer or a loss that is the function of the same name, whose verdict it gives":
        "nn::softmax nn::log_softmax nn::squared_error nn::mean_squared_error nn::absolute_error nn::mean_absolute_error "
        "nn::hinge nn::binary_cross_entropy nn::negative_log_likelihood nn::kl_divergence nn::class_targets "
        "nn::mean_over_outputs nn::weighted",
    "what stands between a solver of others and an objective; a wrong objective is a mistake of `objective`":
        "ceres::no_cost_function ceres::cost_function_of ceres::cost_function ceres::first_order_function_of "
        "ceres::first_order_function lbfgspp::functor nlopt::call nlopt::call_with_vectors",
    "is write_report, which has the tests": "report::page_of",
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--all", action="store_true")
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    given = arguments.parse_args()
    names = public_names.names(given.include)
    if names is None:
        print("libclang's Python bindings are not there (Debian: python3-clang-19)", file=sys.stderr)
        return public_names.SKIPPED
    public = [entry["name"] for entry in names if entry["public"]]
    tests, wrong = collections.defaultdict(list), []
    for source in sorted(HERE.glob("*.cpp")):
        of = [name.strip() for line in directives(source, "OF") for name in line.split(",")]
        if not of:
            wrong.append(f"{source.name}: says of no name that the mistake is about it: // OF: <name>")
        for name in of:
            tests[name].append(source.stem)
            if name not in public:
                wrong.append(f"{source.name}: {name} is no public name")
    exempt = {name: reason for reason, group in EXEMPT.items() for name in group.split()}
    wrong += [f"{name}: is exempt, but no public name" for name in exempt if name not in public]
    wrong += [f"{name}: no test misuses it" for name in public if name not in tests and name not in exempt]
    if given.all:
        for name in public:
            print(f"{name:40}{', '.join(tests[name]) or '(' + exempt.get(name, 'nothing') + ')'}")
    print("\n".join(wrong) or f"{len(public)} names, of {sum(name in tests for name in public)} a mistake is tested, "
                              f"{sum(name not in tests for name in public)} cannot be misused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
