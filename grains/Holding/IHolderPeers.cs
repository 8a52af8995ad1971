using Orleans.Services;

namespace GeminiBalance.Grains.Holding;

/// <summary>The other silos, as this one asks them when it does not reach the store.</summary>
[Alias("gb.IHolderPeers")]
internal interface IHolderPeers : IGrainService
{
    /// <summary>Whether that silo reaches the store.</summary>
    [Alias("Tell")]
    [ResponseTimeout(HolderPeersClient.AnswerWithin)]
    ValueTask<HolderWordMessage> TellAsync();
}
