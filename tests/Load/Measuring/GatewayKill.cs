namespace GeminiBalance.Load.Measuring;

/// <summary>A gateway was killed in mid-work. Times count from the start of the run.</summary>
/// <param name="Server">Which, from 0, as <see cref="Driving.Answer.Server"/> counts.</param>
/// <param name="From">Just before.</param>
/// <param name="Until">When it was surely gone.</param>
internal readonly record struct GatewayKill(int Server, TimeSpan From, TimeSpan Until);
