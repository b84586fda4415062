//! bitim

pub mod analyse {
    //! x
    pub mod table;
}
pub mod error;
pub mod load;
pub mod model;
pub mod validate;
