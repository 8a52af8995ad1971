namespace GeminiBalance.Gateway.Import;

/// <summary>What an import makes of one setting.</summary>
internal enum ImportVerdict
{
    /// <summary>It is stored.</summary>
    Taken,

    /// <summary>It is stored but for entries that cannot be used.</summary>
    Partly,

    /// <summary>The same is stored already.</summary>
    There,

    /// <summary>It says what holds without it.</summary>
    Default,

    /// <summary>It is gemini-balance's default, and the default here is another one for a reason.</summary>
    OtherDefault,

    /// <summary>What it was for is had in another way.</summary>
    Replaced,

    /// <summary>There is none here.</summary>
    Refused,

    /// <summary>Its value cannot be used.</summary>
    Invalid,

    /// <summary>Neither gemini-balance nor this gateway knows it.</summary>
    Unknown,
}
