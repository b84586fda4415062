//! Random numbers that are the same on every machine: results that use them depend on a seed alone.

/// Steele, Lea and Flood's `SplitMix64`: 64 bits of state, no dependency, and good enough to draw
/// samples and permutations; not for secrets.
///
/// # Examples
///
/// ```
/// use bitim::analyse::statistics::random::SplitMix64;
/// let mut random = SplitMix64::new(1_234_567);
/// assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);   // Java: SplittableRandom(1234567).nextLong()
/// assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
/// ```
///
/// # References
///
/// Steele, G. L., Lea, D. & Flood, C. H. (2014). Fast splittable pseudorandom number generators.
/// *ACM SIGPLAN Notices* 49(10), 453–472.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator; the same seed gives the same numbers.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A whole number below `limit`, each equally likely; 0 if `limit` is 0.
    ///
    /// Bits that would favour the smaller numbers are drawn again.
    pub const fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        let excess = (u64::MAX % limit + 1) % limit;
        loop {
            let bits = self.next_u64();
            if bits <= u64::MAX - excess {
                return bits % limit;
            }
        }
    }

    /// Puts the items into a random order, each equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u64::try_from(last).map_or(u64::MAX, |last| last + 1);
            let other = usize::try_from(self.below(bound)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}
