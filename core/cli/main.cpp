#include "command_line.h"
#include "commands.h"
#include "files.h"

#include <cstdio>
#include <exception>
#include <new>

namespace {

constexpr const char* kUsage = R"(backprop: the engine of Backprop Playground on the command line

  backprop check DOC                  is this graph document (JSON; - reads the standard input) whole?
  backprop run DOC                    every node's value and gradient of the output
      --target ID                     of this node instead
      --json                          as JSON, digit for digit
  backprop gradcheck DOC              gradients beside central differences; exit code 1 where they differ
      --target ID  --h 1e-4  --json
  backprop train SPEC                 a network from a JSON spec, or TwoLayerNet, MultiLayerNet, SimpleConvNet, DeepConvNet
      --images IDX --labels IDX       training data, plain or gzipped
      --hold-out 0                    samples at the end that are not trained on but evaluated
      --out W.safetensors  --half     where the weights go; as 16-bit floats
      --weights W.safetensors         where they start from, instead of --init-seed 0
      --iterations N | --epochs 1     how long; --report N says how often a line is printed
      --batch 100  --learning-rate 0.1  --seed 0
      --optimizer sgd                 sgd momentum nesterov adagrad rmsprop adam adamw
      --momentum  --decay  --beta1  --beta2  --epsilon  --weight-decay  --l1  --clip-norm  --clip-value
      --schedule constant             constant cosine step exponential; --decay-rate  --decay-steps  --warm-up
  backprop evaluate W.safetensors     accuracy and loss of weights that bring their spec along
      --images IDX --labels IDX       --last N: on the last N only; --json
)";

int dispatch(const std::string& command, const std::vector<std::string>& words) {
  using namespace backprop::cli;
  if (command == "check") return check(words);
  if (command == "run") return run(words);
  if (command == "gradcheck") return gradient_check(words);
  if (command == "train") return train(words);
  if (command == "evaluate") return evaluate_weights(words);
  throw UsageError{"There is no command \"" + command + "\"."};
}

}  // namespace

/// Exit codes: 0 done; 1 refused, or gradients that differ; 2 a call that says nothing sensible.
int main(int count, char** words) {
  if (count < 2 || std::string(words[1]) == "--help" || std::string(words[1]) == "help") {
    std::fputs(kUsage, count < 2 ? stderr : stdout);
    return count < 2 ? 2 : 0;
  }
  try {
    return dispatch(words[1], {words + 2, words + count});
  } catch (const backprop::cli::UsageError& error) {
    std::fprintf(stderr, "%s `backprop help` says how it is used.\n", error.message.c_str());
    return 2;
  } catch (const backprop::cli::FileError& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
  } catch (const backprop::Error& error) {
    std::fprintf(stderr, "%s: %s\n", std::string(to_string(error.code())).c_str(), error.what());
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "TooLarge: there is not enough memory for this.\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  return 1;
}
