namespace GeminiBalance.Gateway;

/// <summary>The bounds of what gateways of a cluster tell each other by way of the database, with their units.</summary>
internal static class SharedLimits
{
    /// <summary>The longest signature that other gateways are told of, in characters. Real ones have at most some 42,000.</summary>
    public const int SignatureCharsMax = 48 * 1024;

    /// <summary>Calls of one request whose signatures other gateways are asked for, the last ones.</summary>
    public const int SignaturesAskedMax = 200;

    /// <summary>The longest wait for what other gateways know of signatures.</summary>
    public static readonly TimeSpan SignaturesTimeOut = TimeSpan.FromMilliseconds(200);

    /// <summary>How long nobody asks for signatures after the database did not answer.</summary>
    public static readonly TimeSpan SignaturesRest = TimeSpan.FromSeconds(5);

    /// <summary>How long shared signatures are kept.</summary>
    public static readonly TimeSpan SignatureAge = TimeSpan.FromDays(7);

    /// <summary>Shared signatures that are kept, in some 500 MB; looked at with each deletion.</summary>
    public const int SignatureRowsMax = 200_000;

    /// <summary>How often old shared signatures and Live handles are looked for.</summary>
    public static readonly TimeSpan DeletionInterval = TimeSpan.FromMinutes(10);

    /// <summary>Shared signatures or Live handles that are deleted in one statement.</summary>
    public const int DeletionRowsMax = 2_000;
}
