namespace GeminiBalance.Gateway.Settings;

/// <summary>What has become of a setting of gemini-balance.</summary>
internal enum ForeignStatus
{
    /// <summary>It is a setting here, under its name.</summary>
    Supported,

    /// <summary>What it was for is had in another way.</summary>
    Replaced,

    /// <summary>There is none, for a reason.</summary>
    Refused,
}
