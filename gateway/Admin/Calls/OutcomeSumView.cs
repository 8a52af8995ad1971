namespace GeminiBalance.Gateway.Admin;

/// <param name="Outcome">How the calls ended, such as <c>key_rate_limited</c>.</param>
/// <param name="Calls">How many did.</param>
internal sealed record OutcomeSumView(string Outcome, long Calls);
