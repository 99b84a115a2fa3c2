// Searches a graph with the Boost Graph Library's Dijkstra: the cost from the nearest of several sources to every node.
// Usage: boost GRAPH <sources >answer. GRAPH is what TestPeers writes: nodes, arcs and types, the first arc of each node, heads and
// costs, as 32-bit numbers. On standard input the number of sources and the sources; on standard output the processor time of
// the search in seconds (64 bits) and the costs.
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <vector>

struct Arc {
  int32_t cost;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc, boost::no_property, int32_t, int32_t>;

static std::vector<int32_t> read(std::istream& in, size_t count) {
  std::vector<int32_t> out(count);
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(4 * count));
  return out;
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream in(argv[1], std::ios::binary);
  const auto head = read(in, 3);
  const int32_t nodes = head[0], arcs = head[1];
  const auto first = read(in, nodes + 1), to = read(in, arcs), cost = read(in, arcs);
  int32_t count = 0;
  if (std::fread(&count, 4, 1, stdin) != 1) return 1;
  std::vector<int32_t> sources(count);
  if (std::fread(sources.data(), 4, count, stdin) != static_cast<size_t>(count)) return 1;

  std::vector<std::pair<int32_t, int32_t>> edges;
  std::vector<Arc> weights;
  for (int32_t v = 0; v < nodes; v++)
    for (int32_t a = first[v]; a < first[v + 1]; a++) {
      edges.emplace_back(v, to[a]);
      weights.push_back({cost[a]});
    }
  for (int32_t s : sources) {  // from a node beside the others
    edges.emplace_back(nodes, s);
    weights.push_back({0});
  }
  Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(), weights.begin(), nodes + 1);
  std::vector<int32_t> found(nodes + 1);
  const std::clock_t start = std::clock();
  boost::dijkstra_shortest_paths_no_color_map(
      graph, nodes,
      boost::weight_map(boost::get(&Arc::cost, graph))
          .distance_map(boost::make_iterator_property_map(found.begin(), boost::get(boost::vertex_index, graph))));
  const double took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::fwrite(&took, 8, 1, stdout);
  std::fwrite(found.data(), 4, nodes, stdout);
  return 0;
}
