//! The catalogue: every kind a service can be, its names, category, scope and icon.

/// What an icon's colour and tile follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are AWS's own categories")]
pub enum Category {
    Analytics,
    ApplicationIntegration,
    ArtificialIntelligence,
    BusinessApplications,
    Category,
    CloudFinancialManagement,
    Compute,
    Containers,
    CustomerEnablement,
    Database,
    DeveloperTools,
    EndUserComputing,
    FrontEndWebMobile,
    General,
    Group,
    InternetOfThings,
    ManagementGovernance,
    MediaServices,
    MigrationModernization,
    NetworkingContentDelivery,
    SecurityIdentityCompliance,
    Storage,
}

/// Where AWS creates a thing of this kind: a hint for the checks, never a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are AWS's own scopes")]
pub enum Scope {
    Global,
    Region,
    Vpc,
    Az,
    Subnet,
    Edge,
    External,
    Any,
}

/// How the icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A white pictogram on a square of the category's colour.
    Service,
    /// A pictogram in the category's colour.
    Resource,
}

/// One row of the catalogue.
#[derive(Debug)]
pub struct Entry {
    /// The name in the language, such as `ec2`.
    pub id: &'static str,
    /// The official name, such as `Amazon EC2`.
    pub name: &'static str,
    /// Its category.
    pub category: Category,
    /// Further names: short names, Terraform and CloudFormation types, Korean names.
    pub aliases: Vec<&'static str>,
    /// The stem of the file in the official icon package; empty where there is none.
    pub official_icon: &'static str,
    /// Where AWS creates it.
    pub scope: Scope,
    /// Tile or bare pictogram.
    pub form: Form,
    /// Our own drawing: an SVG on a 64 px grid in `currentColor`.
    pub svg: &'static str,
}
