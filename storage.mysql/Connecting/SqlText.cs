namespace GeminiBalance.Storage.MySql;

/// <summary>A piece of SQL that stands where a value could. Constants of this program only.</summary>
internal sealed record SqlText(string Text)
{
    public static SqlText Now { get; } = new("UTC_TIMESTAMP(6)");

    /// <summary>The server whose clock that is.</summary>
    public static SqlText Here { get; } = new("@@hostname");
}
