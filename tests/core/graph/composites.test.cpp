/// Opened into primitives, a composite has the same value and gradients; closed again, the document is what it was.
#include "backprop/composites.h"

#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"

#include <algorithm>
#include <set>

using namespace backprop;
using namespace backprop::test;

namespace {

using Nodes = std::vector<DocumentNode>;

Tensor random_tensor(const Shape& shape, Random& random, double low = -2, double high = 2) {
  Tensor tensor(shape);
  for (double& each : tensor.elements()) each = random.uniform(low, high);
  return tensor;
}

/// The same numbers at every node of the closed graph, for a random seed; and the document back again.
void check_opens(GraphDocument document, const std::string& id) {
  Graph closed_graph(document);
  const GraphDocument open = opened(closed_graph, id);
  Graph open_graph(open);
  CHECK(open_graph.node(open_graph.output()).id == closed_graph.node(closed_graph.output()).id);
  REQUIRE(open.nodes.size() > document.nodes.size());

  Random random(7);
  const Tensor seed = random_tensor(closed_graph.node(closed_graph.output()).shape, random);
  closed_graph.backward(closed_graph.output(), seed);
  open_graph.backward(open_graph.output(), seed);
  for (NodeIndex i = 0; i < closed_graph.size(); ++i) {
    const std::string& name = closed_graph.node(i).id;
    INFO("node " << name << " of " << closed_graph.node(closed_graph.index_of(id)).op->name);
    const NodeIndex twin = open_graph.index_of(name);
    REQUIRE(closed_graph.value(i).shape() == open_graph.value(twin).shape());
    for (std::size_t k = 0; k < closed_graph.value(i).size(); ++k) {
      CHECK_THAT(open_graph.value(twin)[k], near(closed_graph.value(i)[k], 1e-12));
      CHECK_THAT(open_graph.grad(twin)[k], near(closed_graph.grad(i)[k], 1e-12));
    }
  }

  // By way of JSON, as the page keeps it.
  const GraphDocument kept = parse_document(to_json(open));
  CHECK(to_json(closed(Graph(kept), id)) == to_json(closed_graph.to_document()));
}

GraphDocument with_tail(Nodes nodes, const std::string& last) {
  nodes.push_back(op("tail", "tanh", {last}));
  return document(std::move(nodes));
}

}  // namespace

TEST_CASE("sigmoid opens into the book's four steps", "[composites]") {
  Graph graph(document({input("x", 0.5), op("y", "sigmoid", {"x"})}));
  const GraphDocument open = opened(graph, "y");
  std::vector<std::string> ops;
  for (const DocumentNode& node : open.nodes) {
    if (node.op != "input" && node.op != "constant") ops.push_back(node.op);
    if (node.id != "x") CHECK(node.group == "y");
  }
  CHECK(ops == std::vector<std::string>{"mul", "exp", "add", "div"});
  CHECK(open.nodes.back().id == "y");
  CHECK(open.output == "y");
}

TEST_CASE("opened equals closed, in value and gradient, and closes to what it was", "[composites]") {
  Random random(11);
  for (const Shape& shape : {Shape{}, Shape{4}, Shape{2, 3}, Shape{2, 1, 3}}) {
    check_opens(with_tail({input("x", random_tensor(shape, random)), op("y", "sigmoid", {"x"})}, "y"), "y");
  }
  for (const Shape& shape : {Shape{4}, Shape{2, 3}, Shape{2, 2, 3}}) {
    check_opens(with_tail({input("x", random_tensor(shape, random)), op("y", "softmax", {"x"})}, "y"), "y");
  }
  for (const Shape& shape : {Shape{3}, Shape{5, 3}, Shape{1, 3}}) {
    check_opens(with_tail({input("x", random_tensor(shape, random)), parameter("W", random_tensor(Shape{3, 2}, random)),
                           parameter("b", random_tensor(Shape{2}, random)), op("y", "affine", {"x", "W", "b"})},
                          "y"),
                "y");
  }
  for (const Shape& shape : {Shape{}, Shape{3}, Shape{2, 3}}) {
    check_opens(with_tail({input("x", random_tensor(shape, random)), input("t", random_tensor(shape, random)),
                           op("y", "mean_squared_error", {"x", "t"})},
                          "y"),
                "y");
  }
}

TEST_CASE("softmax-with-loss opens as in the appendix: labels and one-hot, one sample and a batch", "[composites]") {
  Random random(12);
  for (const char* kind : {"input", "constant"}) {
    INFO(kind);
    const auto check = [&](const Shape& scores, Tensor t) {
      check_opens(with_tail({input("x", random_tensor(scores, random)), leaf("t", kind, std::move(t)),
                             op("y", "softmax_with_loss", {"x", "t"})},
                            "y"),
                  "y");
    };
    check(Shape{3}, Tensor::scalar(2));
    check(Shape{3}, vector({0, 1, 0}));
    check(Shape{2, 3}, vector({2, 0}));
    check(Shape{2, 3}, matrix(2, 3, {0.2, 0.3, 0.5, 0, 1, 0}));
    check(Shape{1, 4}, vector({3}));
  }
}

TEST_CASE("labels stay labels while it is open: another right answer, another loss", "[composites]") {
  const Nodes nodes{input("x", vector({0.3, 2.9, 4.0})), input("t", 0), op("y", "softmax_with_loss", {"x", "t"})};
  Graph shut(document(nodes));
  Graph open(opened(shut, "y"));
  for (const double label : {2.0, 1.0, 0.0}) {
    for (Graph* graph : {&shut, &open}) {
      graph->set(graph->index_of("t"), Tensor::scalar(label));
      graph->backward(graph->output());
    }
    CHECK_THAT(open.value(open.output())[0], near(shut.value(shut.output())[0]));
    CHECK_THAT(open.grad(open.index_of("x"))[0], near(shut.grad(shut.index_of("x"))[0]));
  }
}

TEST_CASE("the normalisations open: a batch of rows, of images, running statistics", "[composites]") {
  Random random(14);
  for (const Shape& shape : {Shape{5, 3}, Shape{2, 3, 2, 2}, Shape{4, 3, 2}}) {
    for (const bool training : {true, false}) {
      Attributes attributes{{"training", training}};
      if (shape.rank() == 2) attributes.emplace("eps", 0.01);
      check_opens(with_tail({input("x", random_tensor(shape, random)), parameter("g", random_tensor(Shape{3}, random)),
                             parameter("b", random_tensor(Shape{3}, random)),
                             leaf("m", "constant", random_tensor(Shape{3}, random)),
                             leaf("v", "constant", random_tensor(Shape{3}, random, 0.5, 2)),
                             op("y", "batch_norm", {"x", "g", "b", "m", "v"}, attributes)},
                            "y"),
                  "y");
    }
  }
  for (const Shape& shape : {Shape{4}, Shape{3, 4}, Shape{2, 3, 4}}) {
    check_opens(with_tail({input("x", random_tensor(shape, random)), parameter("g", random_tensor(Shape{4}, random)),
                           parameter("b", random_tensor(Shape{4}, random)), op("y", "layer_norm", {"x", "g", "b"})},
                          "y"),
                "y");
    check_opens(with_tail({input("x", random_tensor(shape, random)), op("y", "log_softmax", {"x"})}, "y"), "y");
  }
}

TEST_CASE("running statistics that would receive gradients keep batch norm closed", "[composites][refusal]") {
  const Graph graph(document({input("x", matrix(2, 1, {1, 2})), input("g", vector({1})), input("b", vector({0})),
                              input("m", vector({0})), input("v", vector({1})),
                              op("y", "batch_norm", {"x", "g", "b", "m", "v"}, {{"training", false}})}));
  refused(ErrorCode::Unsupported, {"\"m\"", "constants"}, [&] { (void)opened(graph, "y"); });
}

TEST_CASE("one node in the middle of a network, with its label, group and place", "[composites]") {
  Random random(13);
  Nodes nodes{input("x", random_tensor(Shape{2, 3}, random)),
              parameter("W", random_tensor(Shape{3, 2}, random)),
              parameter("b", random_tensor(Shape{2}, random)),
              op("hidden", "affine", {"x", "W", "b"}),
              op("act", "sigmoid", {"hidden"}),
              op("loss", "mean", {"act"})};
  nodes[4].label = "activation";
  nodes[4].group = "layer 1";
  nodes[4].position = {{1.5, -2}};
  nodes[3].group = "layer 1";
  check_opens(document(nodes), "act");
  check_opens(document(nodes), "hidden");
  // Both open at once, closed in either order.
  const Graph original(document(nodes));
  const Graph first(opened(original, "act"));
  const Graph both(opened(first, "hidden"));
  const Graph one(closed(both, "act"));
  CHECK(to_json(closed(one, "hidden")) == to_json(original.to_document()));
  CHECK(to_json(closed(both, "hidden")) == to_json(first.to_document()));
}

TEST_CASE("ids and group names that are taken are not used twice", "[composites]") {
  Nodes nodes{input("x", 0.5), op("y.exp", "neg", {"x"}), op("y", "sigmoid", {"y.exp"})};
  nodes[1].group = "y";
  const Graph graph(document(nodes));
  const GraphDocument open = opened(graph, "y");
  std::set<std::string> ids;
  for (const DocumentNode& node : open.nodes) CHECK(ids.insert(node.id).second);
  const std::string group = open.nodes.back().group;
  CHECK(group != "y");
  CHECK(to_json(closed(Graph(open), group)) == to_json(graph.to_document()));
  // The longest id leaves room for the names of its parts.
  const std::string longest(kMaxNameBytes, 'y');
  const Graph deep(document({input("x", 0.5), op(longest, "sigmoid", {"x"})}));
  const GraphDocument opened_deep = parse_document(to_json(opened(deep, longest)));
  CHECK(to_json(closed(Graph(opened_deep), longest)) == to_json(deep.to_document()));
}

TEST_CASE("a group that was renamed or wired anew closes; one that was changed does not", "[composites]") {
  const Graph graph(document({input("x", 0.5), input("w", 0.25), op("y", "sigmoid", {"x"}), op("z", "neg", {"y"})}));
  const GraphDocument open = opened(graph, "y");
  const auto at = [](GraphDocument& document, std::string_view id) -> DocumentNode& {
    return *std::ranges::find(document.nodes, id, &DocumentNode::id);
  };

  GraphDocument rewired = open;
  at(rewired, "y.mul").inputs[0] = "w";
  const GraphDocument again = closed(Graph(rewired), "y");
  CHECK(std::ranges::find(again.nodes, "y", &DocumentNode::id)->inputs == std::vector<std::string>{"w"});

  GraphDocument renamed = open;
  at(renamed, "y.add").inputs[0] = "e";
  at(renamed, "y.exp").id = "e";
  CHECK(to_json(closed(Graph(renamed), "y")) == to_json(graph.to_document()));

  GraphDocument changed = open;
  at(changed, "y.exp").op = "square";
  refused(ErrorCode::Unsupported, {"\"y\"", "\"y.exp\""}, [&] { (void)closed(Graph(changed), "y"); });

  GraphDocument other_constant = open;
  at(other_constant, "y.c").value = Tensor::scalar(-2);
  refused(ErrorCode::Unsupported, {"\"y.c\""}, [&] { (void)closed(Graph(other_constant), "y"); });

  GraphDocument used = open;
  used.nodes.push_back(op("outside", "neg", {"y.exp"}));
  used.output = "outside";
  refused(ErrorCode::Unsupported, {"\"outside\"", "\"y.exp\""}, [&] { (void)closed(Graph(used), "y"); });

  GraphDocument target = open;
  target.output = "y.exp";
  refused(ErrorCode::Unsupported, {"output"}, [&] { (void)closed(Graph(target), "y"); });

  GraphDocument grown = open;
  grown.nodes.push_back(op("more", "neg", {"y"}));
  grown.nodes.back().group = "y";
  grown.output = "z";
  refused(ErrorCode::Unsupported, {"\"y\""}, [&] { (void)closed(Graph(grown), "y"); });
}

TEST_CASE("what does not open is refused, and so are strange closed forms", "[composites][refusal]") {
  const Graph graph(document({input("x", 0.5), op("y", "tanh", {"x"})}));
  refused(ErrorCode::Unsupported, {"tanh \"y\""}, [&] { (void)opened(graph, "y"); });
  refused(ErrorCode::Unsupported, {"\"x\""}, [&] { (void)opened(graph, "x"); });
  refused(ErrorCode::UnknownNode, {"\"pear\""}, [&] { (void)opened(graph, "pear"); });
  refused(ErrorCode::UnknownNode, {"\"pear\""}, [&] { (void)closed(graph, "pear"); });
  CHECK_FALSE(opens(find_op("tanh")));
  CHECK(opens(find_op("sigmoid")));

  const auto hostile = [](ClosedForm form) {
    GraphDocument document = test::document({input("x", 0.5), op("y", "tanh", {"x"})});
    document.nodes[1].group = "g";
    document.nodes[1].closed = std::make_shared<const ClosedForm>(std::move(form));
    return document;
  };
  for (const ClosedForm& form :
       {ClosedForm{"tanh", {"x"}, {}, "", ""}, ClosedForm{"nonsense", {"x"}, {}, "", ""},
        ClosedForm{"sigmoid", {}, {}, "", ""}, ClosedForm{"sigmoid", {"x", "x"}, {}, "", ""},
        ClosedForm{"sigmoid", {"pear"}, {}, "", ""}, ClosedForm{"softmax_with_loss", {"x", "x"}, {}, "", ""},
        ClosedForm{"affine", {"x"}, {}, "", ""}, ClosedForm{"sigmoid", {"y"}, {}, "", ""}}) {
    refused(ErrorCode::Unsupported, {"\"g\""}, [&] { (void)closed(Graph(hostile(form)), "g"); });
  }
}
