#include "backprop/gradient_check.h"
#include "backprop/graph.h"
#include "backprop/stepper.h"

#include "support.h"

#include <string_view>

using namespace backprop;

/// A graph document: what is read is written and read again as the same text, and what can be built can be run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::refused_or_done([&] {
    const GraphDocument document = parse_document({reinterpret_cast<const char*>(data), size});
    const std::string text = to_json(document);
    fuzz::must(to_json(parse_document(text)) == text, "a document survives being written and read");
    Graph graph(document);
    if (graph.size() > 200 || fuzz::elements_of(graph) > 20'000) return;
    graph.backward(graph.output());
    Stepper stepper(graph, graph.output());
    (void)stepper.seek(2 * static_cast<int>(graph.route(graph.output()).forward.size()) + 1);
    (void)graph.to_document();
    if (fuzz::elements_of(graph) < 200) (void)check_gradients(graph, graph.output());
  });
  return 0;
}
