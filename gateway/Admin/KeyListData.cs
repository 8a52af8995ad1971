namespace GeminiBalance.Gateway.Admin;

/// <summary>Failures by masked key and id. Valid: not rejected, suspended or disabled.</summary>
internal sealed record KeyListData(IReadOnlyDictionary<string, int> ValidKeys, IReadOnlyDictionary<string, int> InvalidKeys);
