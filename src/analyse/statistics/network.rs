//! Who is in the middle: undirected networks of actors and their ties.

use std::collections::{BTreeMap, VecDeque};

use super::float::float;
use super::not_computable::NotComputable;

/// An undirected network: nodes by their position from 0, and how often each two are tied.
///
/// The matrix of ties is not kept: most actors never meet, and a record of a thousand of them would
/// need a million cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Node → the nodes it is tied to, with the number of ties.
    neighbours: Vec<BTreeMap<usize, u64>>,
}

impl Network {
    /// The network of `nodes` nodes with these ties, each given as the positions of its two nodes, in
    /// either order.
    ///
    /// A tie that is given several times counts so often in [`Self::weighted_degree`], and once in
    /// everything else. A node without a tie belongs to the network.
    ///
    /// # Errors
    ///
    /// [`NotComputable::Invalid`] if a tie names a node that is not there, or one node twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// assert!(Network::new(2, [(0, 1), (1, 0)]).is_ok());
    /// assert!(Network::new(2, [(0, 2)]).is_err());
    /// ```
    pub fn new(
        nodes: usize,
        ties: impl IntoIterator<Item = (usize, usize)>,
    ) -> Result<Self, NotComputable> {
        let mut neighbours = vec![BTreeMap::new(); nodes];
        for (one, other) in ties {
            if one.max(other) >= nodes {
                return Err(NotComputable::Invalid(
                    "a tie names a node that is not there",
                ));
            }
            if one == other {
                return Err(NotComputable::Invalid("a tie joins a node to itself"));
            }
            for (from, to) in [(one, other), (other, one)] {
                *neighbours[from].entry(to).or_insert(0) += 1;
            }
        }
        Ok(Self { neighbours })
    }

    /// How many nodes each node is tied to, however often; 0 for one without a tie.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// let path = Network::new(3, [(0, 1), (1, 2), (1, 2)]).unwrap();
    /// assert_eq!(path.degree(), [1, 2, 1]);   // R: igraph::degree of the simplified graph
    /// ```
    #[must_use]
    pub fn degree(&self) -> Vec<usize> {
        self.neighbours.iter().map(BTreeMap::len).collect()
    }

    /// How many ties each node has, every repetition counted: the strength of the node.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// let path = Network::new(3, [(0, 1), (1, 2), (1, 2)]).unwrap();
    /// assert_eq!(path.weighted_degree(), [1, 3, 2]);   // R: igraph::strength
    /// ```
    #[must_use]
    pub fn weighted_degree(&self) -> Vec<u64> {
        let ties = self.neighbours.iter();
        ties.map(|ties| ties.values().sum()).collect()
    }

    /// For each node the number of pairs of other nodes that it lies between: on whose shortest paths
    /// it stands.
    ///
    /// Degree says with how many a node is tied, this says whom it joins: a node with two ties can be
    /// the only bridge. Every tie has length 1, however often it is given: a number of meetings is no
    /// distance. Each unordered pair counts once; where several paths are equally short, a node gets
    /// the share of them that lead through it. A pair without a path counts for nobody, so isolated
    /// nodes and members of a clique have 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// // A ring of four: each node is on one of the two shortest paths between its neighbours.
    /// let ring = Network::new(4, [(0, 1), (1, 2), (2, 3), (3, 0)]).unwrap();
    /// assert_eq!(ring.betweenness(), [0.5; 4]);   // networkx 3.6.1; R: igraph::betweenness
    /// ```
    ///
    /// # References
    ///
    /// Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40(1),
    /// 35–41. Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical
    /// Sociology* 25(2), 163–177.
    #[must_use]
    pub fn betweenness(&self) -> Vec<f64> {
        let mut between = vec![0.0; self.neighbours.len()];
        for source in 0..self.neighbours.len() {
            let Search {
                order,
                distance,
                paths,
            } = self.search(source);
            let mut dependency = vec![0.0; self.neighbours.len()];
            for node in order.into_iter().rev() {
                for previous in self.neighbours[node].keys().copied() {
                    if distance[previous].map(|steps| steps + 1) == distance[node] {
                        let share = paths[previous].share_of(paths[node]);
                        dependency[previous] += share * (1.0 + dependency[node]);
                    }
                }
                if node != source {
                    // Every pair is met from both of its ends.
                    between[node] += dependency[node] / 2.0;
                }
            }
        }
        between
    }

    /// The betweenness of each node as a share of the pairs of other nodes, so that networks of
    /// different sizes can be compared.
    ///
    /// # Errors
    ///
    /// [`NotComputable::TooFew`] for fewer than three nodes, where there is no pair of others; networkx
    /// gives 0 there, igraph NaN.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// let star = Network::new(5, [(0, 1), (0, 2), (0, 3), (0, 4)]).unwrap();
    /// assert_eq!(star.betweenness_share().unwrap(), [1.0, 0.0, 0.0, 0.0, 0.0]);   // networkx 3.6.1
    /// ```
    ///
    /// # References
    ///
    /// Freeman (1977), as above.
    pub fn betweenness_share(&self) -> Result<Vec<f64>, NotComputable> {
        let nodes = self.neighbours.len();
        if nodes < 3 {
            return Err(NotComputable::TooFew);
        }
        let pairs = float(nodes - 1) * float(nodes - 2) / 2.0;
        let between = self.betweenness().into_iter();
        Ok(between.map(|between| between / pairs).collect())
    }

    /// The parts that no tie joins, the largest first, those of equal size by their first node; the
    /// nodes of each in ascending order. A node without a tie is a part of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// let network = Network::new(5, [(3, 1), (1, 4)]).unwrap();
    /// // networkx: connected_components
    /// assert_eq!(network.components(), [vec![1, 3, 4], vec![0], vec![2]]);
    /// ```
    #[must_use]
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut is_seen = vec![false; self.neighbours.len()];
        let mut components = Vec::new();
        for node in 0..self.neighbours.len() {
            if is_seen[node] {
                continue;
            }
            let mut component = self.search(node).order;
            component.sort_unstable();
            for member in &component {
                is_seen[*member] = true;
            }
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// How many pairs of nodes are tied, and how many pairs there are: the density as a fraction.
    ///
    /// It has no interval: a network is not a sample of pairs, which depend on each other.
    ///
    /// # Examples
    ///
    /// ```
    /// use bitim::analyse::statistics::network::Network;
    /// let path = Network::new(4, [(0, 1), (1, 2), (2, 3), (2, 3)]).unwrap();
    /// assert_eq!(path.density(), (3, 6));   // networkx: density 0.5; 0 of 0 for one node
    /// ```
    #[must_use]
    pub fn density(&self) -> (u64, u64) {
        let nodes = self.neighbours.len() as u64;
        let ends = self.neighbours.iter().map(|ties| ties.len() as u64);
        (ends.sum::<u64>() / 2, nodes * nodes.saturating_sub(1) / 2)
    }

    /// A search in breadth from one node.
    fn search(&self, source: usize) -> Search {
        let nodes = self.neighbours.len();
        let mut search = Search {
            order: Vec::new(),
            distance: vec![None; nodes],
            paths: vec![Paths::NONE; nodes],
        };
        search.distance[source] = Some(0);
        search.paths[source] = Paths::ONE;
        let mut waiting = VecDeque::from([source]);
        while let Some(node) = waiting.pop_front() {
            search.order.push(node);
            let next = search.distance[node].map(|steps| steps + 1);
            for neighbour in self.neighbours[node].keys().copied() {
                if search.distance[neighbour].is_none() {
                    search.distance[neighbour] = next;
                    waiting.push_back(neighbour);
                }
                if search.distance[neighbour] == next {
                    search.paths[neighbour] = search.paths[neighbour].and(search.paths[node]);
                }
            }
        }
        search
    }
}

/// What a search in breadth finds.
struct Search {
    /// The nodes that can be reached, the nearest first.
    order: Vec<usize>,
    /// How many ties away each node is; `None` for those that cannot be reached.
    distance: Vec<Option<usize>>,
    /// How many shortest paths lead to each node.
    paths: Vec<Paths>,
}

/// A number of shortest paths. Each fork doubles it: past a thousand forks no `f64` holds it.
#[derive(Clone, Copy)]
struct Paths {
    /// From 1 to the unit, or 0; times the unit to the power of `scale`.
    count: f64,
    scale: u32,
}

impl Paths {
    /// 2 to the power of 500, so that to divide by it rounds nothing.
    const UNIT: f64 = f64::from_bits((1023 + 500) << 52);
    const NONE: Self = Self {
        count: 0.0,
        scale: 0,
    };
    const ONE: Self = Self {
        count: 1.0,
        scale: 0,
    };

    fn and(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        let count = self.in_units_of(scale) + other.in_units_of(scale);
        if count >= Self::UNIT {
            return Self {
                count: count / Self::UNIT,
                scale: scale + 1,
            };
        }
        Self { count, scale }
    }

    fn share_of(self, all: Self) -> f64 {
        self.in_units_of(all.scale) / all.count
    }

    /// What is smaller by two units or more is lost beside the larger.
    fn in_units_of(self, scale: u32) -> f64 {
        match scale - self.scale {
            0 => self.count,
            1 => self.count / Self::UNIT,
            _ => 0.0,
        }
    }
}
