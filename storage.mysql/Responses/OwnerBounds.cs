namespace GeminiBalance.Storage.MySql;

/// <summary>What one owner may have stored, and what is left of it when that was exceeded.</summary>
public sealed record OwnerBounds(int CountMax, long BytesMax, int CountLeft, long BytesLeft);
